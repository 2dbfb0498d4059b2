import type { CodeAction } from '../../exam/code/request.ts';
import type { Text } from '../text.ts';

/** What is asked for, in words: "20 min extra time". */
export function codeWords(t: Text, asked: { readonly action: CodeAction; readonly amount: number }): string {
  return t(`permit.${asked.action}`, { minutes: asked.amount });
}
