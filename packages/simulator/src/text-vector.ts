import { isStopWord, stem, wordsOf } from './words.ts';

/** Places each feature is hashed to; more make two unrelated texts look less alike by accident. */
const SPREAD = 8;
/** The share of noise that leaves no number zero, as in the vectors of a real model. */
const NOISE = 0.05;
const WORD_WEIGHT = 1;
const STOP_WORD_WEIGHT = 0.1;
/** Of a feature that every text has, so that one without words has a direction too. */
const EMPTY_WEIGHT = 0.01;
const PAIR_WEIGHT = 0.5;
const TRIGRAM_WEIGHT = 0.2;

/**
 * A unit vector in which texts with words, neighbouring words and letter groups in common are near each other: signed
 * feature hashing, the same for the same text in every run.
 */
export function textVector(text: string, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) addFeature(sums, feature, weight);
  addNoise(sums, fnv1a(text));
  return normalised(sums);
}

function featuresOf(text: string): Map<string, number> {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    features.set(feature, (features.get(feature) ?? 0) + weight);
  };
  add('', EMPTY_WEIGHT);
  let previous: string | undefined;
  for (const word of wordsOf(text)) {
    const telling = !isStopWord(word);
    const root = stem(word);
    add(`w ${root}`, telling ? WORD_WEIGHT : STOP_WORD_WEIGHT);
    if (!telling) continue;
    if (previous !== undefined) add(`p ${previous} ${root}`, PAIR_WEIGHT);
    previous = root;
    const padded = ` ${root} `;
    for (let at = 0; at + 3 <= padded.length; at += 1)
      add(`t ${padded.slice(at, at + 3)}`, TRIGRAM_WEIGHT);
  }
  return features;
}

function addFeature(sums: Float64Array, feature: string, weight: number): void {
  // Repetition counts less and less, or one often repeated word would be the whole text.
  const value = Math.sign(weight) * Math.sqrt(Math.abs(weight));
  let hash = fnv1a(feature);
  for (let place = 0; place < SPREAD; place += 1) {
    hash = mix(hash + place);
    const index = (hash >>> 1) % sums.length;
    sums[index] = (sums[index] ?? 0) + ((hash & 1) === 0 ? value : -value);
  }
}

function addNoise(sums: Float64Array, seed: number): void {
  const amplitude = (NOISE * lengthOf(sums)) / Math.sqrt(sums.length);
  let hash = seed;
  for (let index = 0; index < sums.length; index += 1) {
    hash = mix(hash + index + 1);
    sums[index] = (sums[index] ?? 0) + amplitude * (hash / 0x80000000 - 1);
  }
}

function normalised(sums: Float64Array): Float32Array {
  const length = lengthOf(sums);
  return Float32Array.from(sums, (value) => value / length);
}

function lengthOf(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
