import { z } from 'zod';

/** What is to be known of an invoice. */
export interface Invoice {
  readonly supplier: string;
  readonly currency: 'EUR' | 'USD' | 'GBP';
  readonly lines: readonly { readonly what: string; readonly amount: number }[];
  readonly total: number;
  /** Such as `2026-03-31`; null where the text does not say it. */
  readonly due: string | null;
}

/** The same as a schema. Models need every field: what may be missing is nullable, not optional. */
export const Invoice: z.ZodType<Invoice> = z.object({
  supplier: z.string(),
  currency: z.enum(['EUR', 'USD', 'GBP']),
  lines: z.array(z.object({ what: z.string(), amount: z.number().nonnegative() })),
  total: z.number().nonnegative(),
  due: z.iso.date().nullable(),
});
