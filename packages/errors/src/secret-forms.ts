const encoder = new TextEncoder();

/** Characters of base64 stand for 6 bits each. */
const BITS_OF_CHARACTER = 6;
const BITS_OF_BYTE = 8;

/** A string whose characters are the bytes of the text. */
function byteString(text: string): string {
  let bytes = '';
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/**
 * What a secret looks like inside longer base64, for each of the three places in a
 * group of bytes where it may begin. Characters that it shares with its neighbours
 * are left out.
 */
function base64Forms(secret: string): string[] {
  const bytes = byteString(secret);
  return [0, 1, 2].flatMap((offset) => {
    const text = btoa('\0'.repeat(offset) + bytes);
    const first = Math.ceil((offset * BITS_OF_BYTE) / BITS_OF_CHARACTER);
    const end = Math.floor(((offset + bytes.length) * BITS_OF_BYTE) / BITS_OF_CHARACTER);
    const form = text.slice(first, end);
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** As a query parameter, a part of a path and a form's field write it, in both cases of hex. */
function urlForms(secret: string): string[] {
  // Half of a surrogate pair has no encoding; URLs carry U+FFFD in its place.
  const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoder.encode(secret));
  const component = encodeURIComponent(wellFormed);
  const strict = component.replace(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const forms = [component, strict, strict.replaceAll('%20', '+'), encodeURI(wellFormed)];
  const inSmallHex = forms.map((form) => form.replace(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase()));
  return [...forms, ...inSmallHex];
}

/** As a JSON text holds it, and a JSON text in a JSON text. */
function jsonForms(secret: string): string[] {
  const escape = (text: string): string => JSON.stringify(text).slice(1, -1);
  const once = escape(secret);
  return [once, escape(once)];
}

/** Every spelling under which a secret may come to light. None is shorter than the secret. */
export function secretForms(secret: string): ReadonlySet<string> {
  return new Set([secret, ...jsonForms(secret), ...urlForms(secret), ...base64Forms(secret)]);
}
