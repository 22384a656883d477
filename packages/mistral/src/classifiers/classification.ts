import type { ClassifierUsage } from './classifier-usage.ts';

/** How well one input fits the classes of one target. */
export interface ClassificationTarget {
  /** From 0 to 1, by the name of the class. */
  scores: Record<string, number>;
}

/** The classes of all inputs, in their order; each by the names of the classifier's targets. */
export interface ClassificationResponse {
  id: string;
  model: string;
  results: Record<string, ClassificationTarget>[];
  usage?: ClassifierUsage;
}
