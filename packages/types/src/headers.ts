/**
 * HTTP header fields by lower-case name. A field that came several times holds
 * its values joined by `', '`, as RFC 9110 section 5.3 allows.
 */
export interface Headers {
  readonly [name: string]: string | undefined;
}
