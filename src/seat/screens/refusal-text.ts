import type { Refusal } from '../../base/result.ts';
import { isStringKey, type Say } from './language.tsx';

/** What was refused and what to do, in the candidate's language. */
export function refusalText(say: Say, refusal: Refusal): string {
  const key = `refusal.${refusal.type}`;
  const values = Object.fromEntries(
    Object.entries(refusal).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );
  return isStringKey(key) ? say(key, values) : say('refusal.other', { type: refusal.type });
}
