import type { ReactNode } from 'react';
import { Alert } from 'antd';
import type { Refusal } from '../base/result.ts';
import { dateTime } from './format.ts';
import { useText, type Text } from './text.ts';

/** As somebody is told who has pressed a button: with the time from which on it is possible, which a gate says by itself. */
export function saidRefusal(t: Text, refusal: Refusal): { what: string; remedy: string | null } {
  const said = refusalTexts(t, refusal);
  const { type, opensAt } = refusal;
  return type === 'too-early' && typeof opensAt === 'number'
    ? { ...said, remedy: t('gate.opensAt', { at: dateTime(opensAt) }) }
    : said;
}

/** What happened and what to do. A type without a text shows its name and data: better raw than nothing. */
export function refusalTexts(t: Text, refusal: Refusal): { what: string; remedy: string | null } {
  const whole = t.find(`refusal.${refusal.type}`, refusal);
  if (whole === null) {
    const { type, ...data } = refusal;
    const details = Object.entries(data).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return { what: [type, ...details].join(' · '), remedy: null };
  }
  const [what = '', remedy] = whole.split('|');
  return { what, remedy: remedy ?? null };
}

export function RefusalText({ refusal }: { refusal: Refusal }): ReactNode {
  const { what, remedy } = saidRefusal(useText(), refusal);
  return (
    <>
      {what}
      {remedy !== null && <span className="remedy"> {remedy}</span>}
    </>
  );
}

export function RefusalAlert({ refusal, action }: { refusal: Refusal; action?: ReactNode }): ReactNode {
  const { what, remedy } = saidRefusal(useText(), refusal);
  return <Alert type="error" showIcon title={what} description={remedy} action={action} role="alert" />;
}
