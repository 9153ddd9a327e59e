import { locale, trans } from "./translation.js";

/** Numbers, times and sizes as text in one language. */
export interface Formats {
  count(value: number): string;
  decimal(value: number, digits: number): string;
  /** 0 … 1 as a whole percentage; never 100 % before all is done */
  percent(share: number): string;
  /** a measured time, to three digits: 4 ms, 0.41 s, 12.3 s, 2 min 5 s */
  duration(ms: number): string;
  /** a running clock: one decimal below a minute */
  clock(ms: number): string;
  /** a rough time: 7 s, 2 min */
  about(ms: number): string;
  bytes(value: number): string;
}

const UNITS = ["byte", "KiB", "MiB", "GiB", "TiB"];

/** Formats of numbers are slow to make, and are asked for with every drawing. */
const made = new Map<string | undefined, Formats>();

/** @param tag a BCP 47 tag; without one that of the language in use */
export function formatsFor(tag = locale()): Formats {
  const formats = made.get(tag) ?? makeFormats(tag);
  made.set(tag, formats);
  return formats;
}

function makeFormats(tag: string | undefined): Formats {
  const byDigits = new Map<number, Intl.NumberFormat>();
  const number = (digits: number) => {
    const known = byDigits.get(digits);
    if (known) return known;
    const format = new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    byDigits.set(digits, format);
    return format;
  };
  const [whole, one, two] = [number(0), number(1), number(2)];
  const percents = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 });
  const minutes = (ms: number) => {
    const seconds = Math.round(ms / 1000);
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h > 0 ? `${whole.format(h)} h ${m} min` : `${whole.format(m)} min ${s} s`;
  };
  return {
    count: (value) => whole.format(value),
    decimal: (value, digits) => number(digits).format(value),
    percent: (share) => percents.format(Math.floor(share * 100) / 100),
    duration: (ms) => {
      if (ms > 0 && ms < 0.5) return "<1 ms";
      if (ms < 99.5) return `${whole.format(ms)} ms`;
      if (ms < 9_995) return `${two.format(ms / 1000)} s`;
      return ms < 59_950 ? `${one.format(ms / 1000)} s` : minutes(ms);
    },
    clock: (ms) => (ms < 59_950 ? `${one.format(ms / 1000)} s` : minutes(ms)),
    about: (ms) => {
      if (ms < 59_500) return `${whole.format(Math.max(1, Math.round(ms / 1000)))} s`;
      return ms < 3_570_000 ? `${whole.format(ms / 60_000)} min` : `${one.format(ms / 3_600_000)} h`;
    },
    bytes: (value) => {
      let [scaled, unit] = [value, 0];
      for (; scaled >= 1000 && unit < UNITS.length - 1; unit++) scaled /= 1024;
      if (unit === 0) return trans._n("%2 byte", "%2 bytes", scaled, whole.format(scaled));
      const format = scaled < 9.995 ? two : scaled < 99.95 ? one : whole;
      return `${format.format(scaled)} ${UNITS[unit]}`;
    },
  };
}
