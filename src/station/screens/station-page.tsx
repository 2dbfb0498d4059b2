/** A station as a wizard: what every kind needs first, then its own work, one step a page. */
import type { ReactNode } from 'react';
import { Spin } from 'antd';
import type { StepView } from '../../node/contract.ts';
import type { ConsoleClient } from '../../ui/client.ts';
import { HelpLink } from '../../ui/help-link.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { NextStep, useChosenStep } from '../../ui/now-line.tsx';
import { RefusalAlert } from '../../ui/refusal-text.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { useText } from '../../ui/text.ts';
import { useLive } from '../../ui/use-live.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { stationContract, StationView } from '../contract.ts';
import { AdmissionStep } from './admission-step.tsx';
import { KeyStep } from './key-step.tsx';
import { firstSteps, kindSteps } from './kind-steps.tsx';
import { MaterialsStep } from './materials-step.tsx';
import { SettingsStep } from './settings-step.tsx';
import './station.css';

export type StationClient = ConsoleClient<typeof stationContract>;

export interface StationStepProps {
  readonly station: StationClient;
  readonly view: StationView;
  /** Shows an answer at once. */
  readonly set: (view: StationView) => void;
  readonly onNext: () => void;
  /** The button to the next step, for when this one is done; the last step has none. */
  readonly next: ReactNode;
}

export interface StationStep {
  readonly id: string;
  readonly page: (props: StationStepProps) => ReactNode;
  readonly done: (view: StationView) => boolean;
}

const settingsStep: StationStep = {
  id: 'settings',
  page: SettingsStep,
  done: ({ settings }) => settings !== null,
};
const daySteps: readonly StationStep[] = [
  { id: 'admission', page: AdmissionStep, done: ({ admission }) => admission !== null },
  { id: 'materials', page: MaterialsStep, done: ({ materials }) => materials !== null },
  { id: 'key', page: KeyStep, done: keyDone },
];

/** What was opened is closed again at the end. */
function keyDone({ open, materials }: StationView): boolean {
  return open !== null || (materials?.removedAt ?? null) !== null;
}

function stepsOf(view: StationView | null): readonly StationStep[] {
  return view
    ? [settingsStep, ...firstSteps[view.kind], ...daySteps, ...kindSteps[view.kind]]
    : [settingsStep, ...daySteps];
}

function stepViews(steps: readonly StationStep[], view: StationView): StepView[] {
  const first = steps.findIndex(({ done }) => !done(view));
  return steps.map(({ id, done }, i) => ({
    id: `station.${id}`,
    state: done(view) ? 'done' : i === first ? 'current' : 'waiting',
  }));
}

export function StationPage({ station }: { station: StationClient }): ReactNode {
  const t = useText();
  const [[wanted], go] = usePlace();
  const live = useLive('station', (signal) => station.state.live(undefined, { signal }));
  const view = live.value;
  const steps = stepsOf(view);
  const views = view ? stepViews(steps, view) : null;
  const chosen = useChosenStep(views, wanted);
  const step = steps.find(({ id }) => `station.${id}` === chosen);
  const next = views?.[views.findIndex(({ id }) => id === chosen) + 1];
  return (
    <div className="frame station-frame">
      <StationTitle view={view} />
      <main className="page" id="page" tabIndex={-1}>
        <h1 className="only-read">{step ? t.find(`step.station.${step.id}`) : t('loading')}</h1>
        {live.refusal && <RefusalAlert refusal={live.refusal} />}
        {view?.failing && <RefusalAlert refusal={view.failing} />}
        {!view && !live.refusal && <Spin aria-label={t('loading')} />}
        {views && <StepBar steps={views} chosen={chosen} onChoose={(id) => go(id)} />}
        {view && step && (
          <step.page
            key={step.id}
            station={station}
            view={view}
            set={live.set}
            onNext={() => next && go(next.id)}
            next={<NextStep steps={views ?? []} step={chosen} onChoose={(id) => go(id)} />}
          />
        )}
      </main>
    </div>
  );
}

function StationTitle({ view }: { view: StationView | null }): ReactNode {
  const t = useText();
  const { settings, admission, materials } = view ?? { settings: null, admission: null, materials: null };
  return (
    <header className="title-bar">
      <span className="title-role">{view ? t(`station.kind.${view.kind}`) : ''}</span>
      {settings && (
        <span className="title-code">
          {view?.kind === 'scan'
            ? t('stationScan.siteNumber', { site: settings.siteCode, number: settings.number })
            : settings.room === null
              ? t('station.reserveNumber', { site: settings.siteCode, number: settings.number })
              : t('station.roomNumber', {
                  site: settings.siteCode,
                  room: settings.room,
                  number: settings.number,
                })}
        </span>
      )}
      {admission && (
        <span className="title-name" title={admission.siteName}>
          {admission.siteName}
        </span>
      )}
      {admission && (
        <span className={`title-mode mode-${admission.mode}`}>{t(`mode.${admission.mode}`)}</span>
      )}
      <span className="title-middle">
        {materials && `${materials.event.subjectName} · ${materials.event.date}`}
      </span>
      {view && <HelpLink manual={`${view.kind}-station`} />}
      <LanguageSwitch />
    </header>
  );
}
