import type { Text } from '../../../ui/text.ts';

/** Why there is nothing to listen to, in words. */
export function microphoneProblem(t: Text, error: unknown): string {
  const { name } = error as DOMException;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return t('voice.noMicrophone');
  if (name === 'NotAllowedError' || name === 'SecurityError') return t('voice.microphoneRefused');
  if (name === 'NotReadableError' || name === 'AbortError') return t('voice.microphoneBusy');
  reportError(error);
  return t('voice.microphoneFailed', { problem: name });
}
