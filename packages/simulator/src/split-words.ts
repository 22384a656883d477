/** Text in pieces of so many words, each with the white space before it; joined again they are the text. */
export function splitWords(text: string, wordsPerPiece: number): string[] {
  return joinPieces(text.match(/\s*\S+|\s+$/g) ?? [], wordsPerPiece);
}

/** JSON in pieces of so many words or signs; joined again they are the JSON. */
export function splitJson(text: string, wordsPerPiece: number): string[] {
  const parts = text.match(/\s*(?:[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+)|\s+$/gu) ?? [];
  return joinPieces(parts, wordsPerPiece);
}

function joinPieces(parts: readonly string[], partsPerPiece: number): string[] {
  return Array.from({ length: Math.ceil(parts.length / partsPerPiece) }, (_, index) =>
    parts.slice(index * partsPerPiece, (index + 1) * partsPerPiece).join(''),
  );
}
