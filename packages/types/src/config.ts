import type { SecretString } from './secret-string.ts';

/** Anything that turns an unknown value into a `T` or throws: a zod schema, say. */
export interface Schema<T> {
  parse(value: unknown): T;
}

/** Where settings come from. A key that is not set gives undefined. */
export interface ConfigProvider {
  get<T>(key: string, schema: Schema<T>): T | undefined;
  getString(key: string): string | undefined;
  getSecret(key: string): SecretString | undefined;
}
