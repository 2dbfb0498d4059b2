/** What a OneRoster package does not say: which classes sit which session, and in which order they are seated. */
import { useState, type ReactNode } from 'react';
import { Select } from 'antd';
import { seatOrders, type OneRoster, type OneRosterChoice } from '../../../exam/roster/one-roster/choice.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { ProjectView } from '../../contract.ts';

interface Props {
  about: OneRoster;
  sessions: ProjectView['sessions'];
  /** Reads the package again so. */
  onChoice: (choice: OneRosterChoice) => Promise<void>;
}

const [nobody, all] = ['', '*'];

export function OneRosterSaid({ about, sessions, onChoice }: Props): ReactNode {
  const t = useText();
  const [choice, setChoice] = useState(about.choice);
  const seat = (sessionNumber: number, value: string): void => {
    const others = choice.sessions.filter((one) => one.sessionNumber !== sessionNumber);
    const chosen = value === nobody ? [] : [{ sessionNumber, course: value === all ? null : value.slice(1) }];
    const named = [...others, ...chosen].toSorted((a, b) => a.sessionNumber - b.sessionNumber);
    setChoice({ ...choice, sessions: named });
  };
  const options = [
    { value: nobody, label: t('oneRoster.nobody') },
    { value: all, label: t('oneRoster.allClasses') },
    // A sign before each id: one could be empty or a star.
    ...about.courses.map((course) => ({ value: `=${course.id}`, label: t('oneRoster.course', course) })),
  ];
  return (
    <div className="stack">
      <h3>{t('oneRoster.who')}</h3>
      <p className="hint">{t('oneRoster.whoHint')}</p>
      <div className="fields-2">
        {sessions.map(({ number, name }) => {
          const said = choice.sessions.find((one) => one.sessionNumber === number);
          return (
            <Field key={number} label={t('oneRoster.session', { number, name })}>
              <Select
                className="wide"
                aria-label={t('oneRoster.session', { number, name })}
                value={said === undefined ? nobody : said.course === null ? all : `=${said.course}`}
                options={options}
                onChange={(value) => seat(number, value)}
              />
            </Field>
          );
        })}
        <Field label={t('oneRoster.seats')}>
          <Select
            className="wide"
            aria-label={t('oneRoster.seats')}
            value={choice.seats}
            options={seatOrders.map((order) => ({ value: order, label: t(`oneRoster.seats.${order}`) }))}
            onChange={(seats) => setChoice({ ...choice, seats })}
          />
        </Field>
      </div>
      <div className="row">
        <ActButton
          gate={screenGate(choice.sessions.length > 0, 'one-roster-not-chosen')}
          act={() => onChoice(choice)}
        >
          {t('oneRoster.read')}
        </ActButton>
      </div>
      <p className="soft">{t('oneRoster.codes', { ...about })}</p>
      {about.disabled > 0 && <p className="soft">{t('oneRoster.disabled', { disabled: about.disabled })}</p>}
    </div>
  );
}
