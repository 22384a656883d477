/** What files are tagged with, and filtered by: up to 16, with names of up to 64 characters. */
export type FileAttributes = Record<string, string | number | boolean>;
