/** Whether an event is itself an error, and says so: `{ object: 'error', message }`. */
export function isErrorObject(body: object): boolean {
  return 'object' in body && String(body.object).toLowerCase() === 'error';
}
