/** What browsers and newer runtimes have, and older ones do not. */
interface Base64Decoder {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

/** Node's own decoder, where there is one: ten times faster than `atob`. */
interface NodeGlobal {
  readonly Buffer?: { from(text: string, encoding: 'base64'): Uint8Array };
}

/** The bytes that base64 stands for, in memory of their own. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as NodeGlobal;
  // A copy: Node's small buffers begin anywhere in a shared block, and floats must be aligned.
  if (Buffer !== undefined) return Uint8Array.from(Buffer.from(text, 'base64'));
  const native: Uint8ArrayConstructor & Base64Decoder = Uint8Array;
  if (native.fromBase64 !== undefined) return native.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
