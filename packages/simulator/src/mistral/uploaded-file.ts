import { UploadedFile } from '../form-data.ts';
import { type Shape, wrong } from './shape.ts';

/** A file of a form. */
export const UPLOADED_FILE: Shape<UploadedFile> = (value, at) => {
  if (value instanceof UploadedFile) return value;
  if (value === undefined) throw wrong(null, at, 'missing', 'Field required');
  throw wrong(null, at, 'value_error', 'Value error, expected a file');
};
