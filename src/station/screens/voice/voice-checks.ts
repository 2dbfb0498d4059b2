import type { Text } from '../../../ui/text.ts';
import type { StationClient } from '../station-page.tsx';

export interface ReadinessCheck {
  readonly name: string;
  readonly good: boolean;
  readonly words: string;
}

/** The microphone as it was tried last, in the words of whoever writes the readiness. */
export async function voiceChecks(station: StationClient, t: Text): Promise<ReadinessCheck[]> {
  const { check } = await station.voice.state();
  if (!check) return [{ name: 'microphone', good: false, words: t('voice.notTried') }];
  const words = [
    t(`voice.verdict.${check.verdict}`),
    t('voice.levelsOf', { voice: check.voiceDb, noise: check.noiseDb }),
    check.heard === null ? null : t(check.heard ? 'voice.wasHeard' : 'voice.wasNotHeard'),
    check.device,
  ];
  return [
    {
      name: 'microphone',
      good: check.good,
      words: words
        .filter((one) => one !== null)
        .join(' ')
        .slice(0, 400),
    },
  ];
}
