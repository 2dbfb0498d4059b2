/** The project's steps: sessions, roster, papers, publication, sites, authorisations. */
import type { ReactNode } from 'react';
import { useChosenStep } from '../../../ui/now-line.tsx';
import { StepBar } from '../../../ui/step-bar.tsx';
import { useText } from '../../../ui/text.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { PapersStep } from './papers-step.tsx';
import { PublishStep } from './publish-step.tsx';
import { ReleaseStep } from './release-step.tsx';
import { RosterStep } from './roster-step.tsx';
import { SessionsStep } from './sessions-step.tsx';
import { SitesStep } from './sites-step.tsx';

export interface StepProps extends ProjectProps {
  onChoose: (step: string) => void;
  openDossier: (sessionId: string, admissionNumber: string) => void;
}

export function BeforePage(props: StepProps & { step: string | undefined }): ReactNode {
  const t = useText();
  const { steps } = props.project;
  const step = useChosenStep(steps, props.step, 'before', props.project.id);
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.before')}</h1>
      <StepBar steps={steps} chosen={step} onChoose={props.onChoose} />
      {step === 'sessions' && <SessionsStep {...props} />}
      {step === 'roster' && <RosterStep {...props} />}
      {step === 'papers' && <PapersStep {...props} />}
      {step === 'publish' && <PublishStep {...props} />}
      {step === 'sites' && <SitesStep {...props} />}
      {step === 'release' && <ReleaseStep {...props} />}
    </div>
  );
}
