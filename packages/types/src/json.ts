/** A value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonArray | JsonObject;

/** An array of JSON values. */
export type JsonArray = readonly JsonValue[];

/** An object whose members are JSON values. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}
