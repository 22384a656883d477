import { RequestRefused } from '../refusal.ts';

/** The model, if an endpoint has it. @throws RequestRefused 404 */
export function requireListed(models: readonly string[], id: string): string {
  if (models.includes(id)) return id;
  throw new RequestRefused({
    status: 404,
    message: `The model \`${id}\` does not exist or does not do this.`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  });
}
