/**
 * A request without the members that are null: to the API they are as good as left
 * out, and a form cannot hold them.
 */
export function withoutNulls<Request extends object>(request: Request): Request {
  // Callers without types may pass nothing at all; validation tells them so.
  if (typeof request !== 'object' || request === null) return request;
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== null),
  ) as Request;
}
