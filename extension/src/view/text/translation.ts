/**
 * The language of the page. One for all views: JupyterLab loads the page anew when the reader changes it.
 * @module
 */

/** The part of JupyterLab's `TranslationBundle` that is used here. */
export interface Translation {
  /** `%1`, `%2`, … stand for the arguments */
  __(msgid: string, ...args: readonly string[]): string;
  /** `%1` stands for the bare number; `%2` and so on for the arguments, of which the first is the number as text */
  _n(singular: string, plural: string, n: number, ...args: readonly string[]): string;
}

/** English, as the sources have it. */
const SOURCE: Translation = {
  __: (msgid, ...args) => filled(msgid, args),
  _n: (singular, plural, n, ...args) => filled(n === 1 ? singular : plural, [String(n), ...args]),
};

let current: Translation = SOURCE;
let language: string | undefined;

/**
 * What every visible word goes through, under the names of JupyterLab's translators, so that its tools find the
 * messages in the sources. Numbers come formatted, as arguments.
 */
export const trans: Translation = {
  __: (msgid, ...args) => current.__(msgid, ...args),
  _n: (singular, plural, n, ...args) => current._n(singular, plural, n, ...args),
};

/** A BCP 47 tag for numbers; undefined: the page's. */
export function locale(): string | undefined {
  return language;
}

/**
 * Sets the language of all views that are drawn from now on.
 * @param languageCode as JupyterLab has it: `fr_FR`
 */
export function useTranslation(translation: Translation, languageCode: string): void {
  current = translation;
  language = bcp47(languageCode);
}

/** Brings the words of the sources back, and the numbers of the page. */
export function useSourceLanguage(): void {
  current = SOURCE;
  language = undefined;
}

/** A code that `Intl` does not know must not break every number. */
function bcp47(languageCode: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(languageCode.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

function filled(text: string, args: readonly string[]): string {
  return text.replace(/%(\d)/g, (whole, place: string) => args[Number(place) - 1] ?? whole);
}
