const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})`;

/** The three forms of RFC 9110 section 5.6.7: the usual one, RFC 850's and asctime's. */
const FORMS: readonly RegExp[] = [
  new RegExp(
    `^[a-z]{3}, (?<day>\\d{1,2}) (?<month>[a-z]{3}) (?<year>\\d{4}) ${TIME} (?:gmt|utc)$`,
    'i',
  ),
  new RegExp(`^[a-z]{6,9}, (?<day>\\d{2})-(?<month>[a-z]{3})-(?<year>\\d{2}) ${TIME} gmt$`, 'i'),
  new RegExp(`^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`, 'i'),
];

/** A year of two digits is the one nearest to the present that is not 50 years ahead. */
function fullYear(digits: string, nowEpochMs: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(nowEpochMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}

/**
 * Milliseconds since 1970 of an HTTP date; undefined when the text is not one.
 *
 * @param nowEpochMs the present, which decides the century of a two-digit year.
 */
export function parseHttpDate(text: string, nowEpochMs: number): number | undefined {
  const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { day = '', month = '', year = '', hour, minute, second } = groups;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  const date = Date.UTC(fullYear(year, nowEpochMs), monthIndex, Number(day));
  const isRealDay = monthIndex >= 0 && new Date(date).getUTCDate() === Number(day);
  // 60 is a leap second.
  const isRealTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  if (!isRealDay || !isRealTime) return undefined;
  return date + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}
