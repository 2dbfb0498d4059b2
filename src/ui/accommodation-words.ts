import type { Accommodations, Colours } from '../exam/accommodation/accommodations.ts';
import type { Text } from './text.ts';

/** The colours that have a name: name, text, background. */
export const namedColours = [
  ['blackOnWhite', '#000000', '#ffffff'],
  ['whiteOnBlack', '#ffffff', '#000000'],
  ['yellowOnBlack', '#ffff00', '#000000'],
  ['blackOnYellow', '#000000', '#ffff66'],
  ['blueOnCream', '#00005c', '#fdf6e3'],
] as const;

function colourWords(t: Text, { text, background }: Colours): string {
  const named = namedColours.find(([, one, behind]) => one === text && behind === background);
  return named ? t(`accommodation.colours.${named[0]}`) : t('accommodation.coloursOf', { text, background });
}

/** What a candidate has, each in a few words. */
export function accommodationWords(t: Text, of: Accommodations): string[] {
  return [
    ...(of.timePercent > 0 ? [t('accommodation.percent', { percent: of.timePercent })] : []),
    ...(of.timeMinutes > 0 ? [t('accommodation.minutes', { minutes: of.timeMinutes })] : []),
    ...(of.timeUnlimited ? [t('accommodation.unlimited')] : []),
    ...(of.textPercent > 100 ? [t('accommodation.text', { percent: of.textPercent })] : []),
    ...(of.colours ? [colourWords(t, of.colours)] : []),
    ...(of.singleColumn ? [t('accommodation.singleColumn')] : []),
    ...(of.largeControls ? [t('accommodation.largeControls')] : []),
    ...(of.readAloud ? [t('accommodation.readAloud')] : []),
    ...of.others,
  ];
}
