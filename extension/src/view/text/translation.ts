/**
 * The language of the page. One for all views: JupyterLab loads the page anew when the reader changes it.
 * @module
 */

/** The part of JupyterLab's `TranslationBundle` that is used here. `%1`, `%2`, … stand for the arguments. */
export interface Translation {
  __(msgid: string, ...args: readonly string[]): string;
  /** `%1` is the number, as `_n` of gettext; further arguments follow */
  _n(singular: string, plural: string, n: number, ...args: readonly string[]): string;
}

/** English, as the sources have it. */
const SOURCE: Translation = {
  __: (msgid, ...args) => filled(msgid, args),
  _n: (singular, plural, n, ...args) => filled(n === 1 ? singular : plural, args),
};

let current: Translation = SOURCE;
let language: string | undefined;

/**
 * What every visible word goes through, under the names of JupyterLab's translators, so that its tools find the
 * messages in the sources. Numbers come formatted, as arguments.
 */
export const trans: Translation = {
  __: (msgid, ...args) => filled(current.__(msgid), args),
  _n: (singular, plural, n, ...args) => filled(current._n(singular, plural, n), args),
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
