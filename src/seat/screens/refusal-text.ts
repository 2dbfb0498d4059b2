import type { Refusal } from '../../base/result.ts';
import { isStringKey, type Say } from './language.tsx';

/** What was refused, in the candidate's language. */
export function refusalText(say: Say, refusal: Refusal): string {
  const key = `refusal.${refusal.type}`;
  return isStringKey(key) ? say(key) : say('refusal.other', { type: refusal.type });
}
