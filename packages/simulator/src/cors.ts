/** Headers that let any page read a response, and the named headers of it. */
export function corsHeaders(exposed: readonly string[]): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': [...exposed, 'retry-after', 'retry-after-ms'].join(', '),
  };
}
