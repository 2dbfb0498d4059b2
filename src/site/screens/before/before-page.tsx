/** The site's five steps: load, rooms, authorisation, seal check, verification. */
import type { ReactNode } from 'react';
import { AuthoriseStep, type AuthorisationProps } from '../../../ui/authorisation/authorise-step.tsx';
import { VerifyStep } from '../../../ui/authorisation/verify-step.tsx';
import { NowLine, useChosenStep } from '../../../ui/now-line.tsx';
import { StepBar } from '../../../ui/step-bar.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { SiteOverview } from '../../contract.ts';
import { Registration } from '../registration.tsx';
import type { SiteClient } from '../site-console.tsx';
import { LoadStep } from './load-step.tsx';
import { RoomsStep } from './rooms-step.tsx';
import { ForRooms } from './for-rooms.tsx';
import { SealCheckStep } from './seal-check-step.tsx';

export interface StepProps {
  site: SiteClient;
  overview: SiteOverview;
  /** Grows when something changed: what is shown beside the overview is loaded again. */
  round: number;
  onChoose: (step: string) => void;
}

interface Props {
  site: SiteClient;
  step: string | undefined;
  go: (...parts: string[]) => void;
}

export function BeforePage({ site, step: wanted, go }: Props): ReactNode {
  const t = useText();
  const overview = useLive('overview', (signal) => site.overview.live(undefined, { signal }));
  const step = useChosenStep(overview.value?.steps ?? null, wanted, 'before');
  if (!overview.value) return null;
  if (!overview.value.registered)
    return (
      <div className="stack">
        <h1 className="only-read">{t('phase.before')}</h1>
        <NowLine>{t('site.now.register')}</NowLine>
        <section className="panel panel-narrow">
          <Registration site={site} onDone={() => go('before', 'load')} />
        </section>
      </div>
    );
  const onChoose = (id: string): void => go('before', id);
  const shared: StepProps = { site, overview: overview.value, round: overview.round, onChoose };
  const { sessions, steps } = overview.value;
  const keys: AuthorisationProps = { authorisation: site.authorisation, sessions, steps, onChoose };
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.before')}</h1>
      <StepBar steps={overview.value.steps} chosen={step} onChoose={onChoose} />
      {step === 'load' && <LoadStep {...shared} />}
      {step === 'rooms' && <RoomsStep {...shared} />}
      {step === 'authorise' && <AuthoriseStep {...keys} />}
      {step === 'seal-check' && <SealCheckStep {...shared} />}
      {step === 'verify' && (
        <VerifyStep
          {...keys}
          after={{ text: t('site.now.verified'), label: t('site.toMonitor'), go: () => go('during') }}
          more={(session) => <ForRooms site={site} session={session} />}
        />
      )}
    </div>
  );
}
