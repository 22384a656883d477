import { SecretString, type Clock, type ConfigProvider, type Logger } from '@integrations/types';

/** A logger that is a plain object, and its lines. */
export function plainLogger(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const create = (bound: object): Logger => {
    const write = (message: string, fields?: object): void => {
      lines.push(JSON.stringify({ ...bound, ...fields, message }));
    };
    return {
      log: (_level, message, fields) => write(message, fields),
      error: write,
      warn: write,
      info: write,
      debug: write,
      trace: write,
      isLevelEnabled: () => true,
      child: (fields) => create({ ...bound, ...fields }),
    };
  };
  return { logger: create({}), lines };
}

/** A clock over Node's own timers, in a time zone of a thousand years from now. */
export function laterClock(): Clock & { readonly asked: () => number } {
  const ahead = 1000 * 365 * 86_400_000;
  let asked = 0;
  const now = (): number => {
    asked += 1;
    return Number(process.hrtime.bigint() / 1000n) / 1000 + ahead;
  };
  const schedule: Clock['schedule'] = (callback, ms) => {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1)).unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  };
  return {
    now,
    epoch: () => Date.now() + ahead,
    schedule,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        const leave = (): void => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        if (signal?.aborted) leave();
        signal?.addEventListener('abort', leave, { once: true });
      }),
    asked: () => asked,
  };
}

/** Settings from a map, which counts how often it was asked. */
export function mapConfig(
  values: ReadonlyMap<string, string>,
): ConfigProvider & { readonly asked: () => number } {
  let asked = 0;
  const find = (key: string): string | undefined => {
    asked += 1;
    return values.get(key);
  };
  return {
    get: (key, schema) => {
      const value = find(key);
      return value === undefined ? undefined : schema.parse(value);
    },
    getString: find,
    getSecret: (key) => {
      const value = find(key);
      return value === undefined ? undefined : new SecretString(value);
    },
    asked: () => asked,
  };
}
