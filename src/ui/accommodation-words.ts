import type { Accommodations } from '../exam/accommodation/accommodations.ts';
import type { Text } from './text.ts';

/** What a candidate has, each in a few words. */
export function accommodationWords(t: Text, of: Accommodations): string[] {
  return [
    ...(of.timePercent > 0 ? [t('accommodation.percent', { percent: of.timePercent })] : []),
    ...(of.timeMinutes > 0 ? [t('accommodation.minutes', { minutes: of.timeMinutes })] : []),
    ...(of.timeUnlimited ? [t('accommodation.unlimited')] : []),
    ...(of.textPercent > 100 ? [t('accommodation.text', { percent: of.textPercent })] : []),
    ...(of.colours
      ? [t('accommodation.coloursOf', { text: of.colours.text, background: of.colours.background })]
      : []),
    ...(of.singleColumn ? [t('accommodation.singleColumn')] : []),
    ...(of.largeControls ? [t('accommodation.largeControls')] : []),
    ...(of.readAloud ? [t('accommodation.readAloud')] : []),
    ...of.others,
  ];
}
