/** The room's steps before the day: settings, seats, environment check, loading, seal check; without a site its keys, too. */
import type { ReactNode } from 'react';
import { AuthoriseStep } from '../../../ui/authorisation/authorise-step.tsx';
import { VerifyStep } from '../../../ui/authorisation/verify-step.tsx';
import { useChosenStep } from '../../../ui/now-line.tsx';
import { StepBar } from '../../../ui/step-bar.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { RoomOverview } from '../../contract.ts';
import type { RoomClient } from '../room-console.tsx';
import { EnvironmentStep } from './environment-step.tsx';
import { LoadStep } from './load-step.tsx';
import { SealCheckStep } from './seal-check-step.tsx';
import { SeatsStep } from './seats-step.tsx';
import { SettingsStep } from './settings-step.tsx';

export interface StepProps {
  room: RoomClient;
  overview: RoomOverview;
  set: (value: RoomOverview) => void;
  onChoose: (step: string) => void;
  toDuring: () => void;
}

interface Props {
  room: RoomClient;
  step: string | undefined;
  go: (...parts: string[]) => void;
}

export function BeforePage({ room, step: wanted, go }: Props): ReactNode {
  const t = useText();
  const overview = useLive('overview', (signal) => room.overview.live(undefined, { signal }));
  const step = useChosenStep(overview.value?.steps ?? null, wanted, 'before');
  if (!overview.value) return null;
  const onChoose = (id: string): void => go('before', id);
  const shared: StepProps = {
    room,
    overview: overview.value,
    set: overview.set,
    onChoose,
    toDuring: () => go('during'),
  };
  const { ownSite, steps } = overview.value;
  const keys = ownSite && {
    authorisation: room.ownSite.authorisation,
    sessions: ownSite.sessions,
    steps,
    onChoose,
  };
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.before')}</h1>
      <StepBar steps={steps} chosen={step} onChoose={onChoose} />
      {step === 'settings' && <SettingsStep {...shared} />}
      {step === 'seats' && <SeatsStep {...shared} />}
      {step === 'environment' && <EnvironmentStep {...shared} />}
      {step === 'load' && <LoadStep {...shared} />}
      {step === 'authorise' && keys && <AuthoriseStep {...keys} />}
      {step === 'seal-check' && <SealCheckStep {...shared} />}
      {step === 'verify' && keys && (
        <VerifyStep
          {...keys}
          after={{ text: t('ownSite.now.verified'), label: t('room.toDuring'), go: shared.toDuring }}
        />
      )}
    </div>
  );
}
