/** «Номер бланка»: typed, checked while it is typed, looked up when typing stops, saved with Enter. */
import { useId, type ReactNode, type Ref } from 'react';
import { Alert, Radio, type InputRef } from 'antd';
import type { Refusal } from '../../../../base/result.ts';
import type { NumberRule } from '../../../../exam/form/sheet-number.ts';
import { malformed } from '../../../../exam/form/typed-number.ts';
import { Facts } from '../../../../ui/facts.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import type { FoundSheet, ScanView } from '../../../scans/review/contract.ts';
import { NumberField } from '../../../../ui/scans/number-field.tsx';
import type { LookedUp } from './use-looked-up.ts';

export interface Typed {
  readonly number: string;
  readonly side: 1 | 2;
}

interface Props {
  view: ScanView;
  typed: Typed;
  onType: (typed: Typed) => void;
  looked: LookedUp | null;
  disabled: boolean;
  fieldRef: Ref<InputRef>;
}

export function NumberBox({ view, typed, onType, looked, disabled, fieldRef }: Props): ReactNode {
  const t = useText();
  const [field, state] = [useId(), useId()];
  const { rules } = view;
  const problem = problemOf(typed.number, rules);
  const sheet = looked?.sheet ?? null;
  return (
    <div className="scan-number">
      <label htmlFor={field}>{t('scanReview.numberBox')}</label>
      <NumberField
        id={field}
        ref={fieldRef}
        digits={typed.number}
        most={Math.max(...rules.map(({ length }) => length))}
        onChange={(number) => onType({ ...typed, number })}
        disabled={disabled}
        describedBy={state}
        wrong={problem !== null && isWhole(typed.number, rules)}
      />
      <p id={state} role="status" className="scan-number-state">
        <NumberState {...{ typed, rules, problem, looked }} />
      </p>
      {sheet && (
        <>
          <SheetFacts sheet={sheet} />
          {sheet.sides === 2 && (
            <Radio.Group
              aria-label={t('scanReview.chooseSide')}
              value={typed.side}
              disabled={disabled}
              options={[
                { value: 1, label: t('scanReview.sideOne') },
                { value: 2, label: t('scanReview.sideTwo') },
              ]}
              onChange={({ target }) => onType({ ...typed, side: target.value === 2 ? 2 : 1 })}
            />
          )}
          {isThere(view, typed, sheet) && <Alert type="warning" showIcon title={t('scanReview.sideThere')} />}
        </>
      )}
    </div>
  );
}

export function problemOf(number: string, rules: readonly NumberRule[]): Refusal | null {
  const formed = malformed(number, rules);
  return formed.ok ? null : formed.refusal;
}

function isWhole(number: string, rules: readonly NumberRule[]): boolean {
  return rules.some(({ length }) => number.length === length);
}

/** Is another page of this side there? Not this one itself, which may be only corrected. */
export function isThere(view: ScanView, typed: Typed, sheet: FoundSheet): boolean {
  const side = sheet.sides === 2 ? typed.side : 1;
  const itself = view.number === typed.number && view.side === side;
  const state = side === 1 ? sheet.side1 : sheet.side2;
  return !itself && (state === 'filled' || state === 'empty' || state === 'duplicate');
}

function NumberState(props: {
  typed: Typed;
  rules: readonly NumberRule[];
  problem: Refusal | null;
  looked: LookedUp | null;
}): ReactNode {
  const { typed, rules, problem, looked } = props;
  const t = useText();
  if (problem) {
    // While it is being typed it is too short, and nothing is wrong with that.
    if (isWhole(typed.number, rules)) return <RefusalText refusal={problem} />;
    const lengths = [...new Set(rules.map(({ length }) => length))].toSorted((a, b) => a - b);
    return t('scanReview.typed', { typed: typed.number.length, length: lengths.join(' / ') });
  }
  if (looked === null) return t('scanReview.looking');
  return looked.sheet === null ? (
    <RefusalText refusal={{ type: 'number-not-in-register', number: typed.number }} />
  ) : (
    t('scanReview.fits')
  );
}

/** Whose sheet it is, and what has come of it. */
export function SheetFacts({ sheet }: { sheet: FoundSheet }): ReactNode {
  const t = useText();
  const { siteCode, siteName } = sheet;
  return (
    <Facts
      of={[
        [t('scanReview.event'), sheet.eventName],
        [
          t('scanReview.site'),
          siteName === siteCode || siteName === '' ? siteCode : `${siteCode} · ${siteName}`,
        ],
        [t('scanReview.room'), sheet.roomCode],
        [t('scanReview.kit'), sheet.kit],
        [t('scanReview.kind'), t(`scanReview.kind.${sheet.kind}`)],
        [t('scanReview.there'), cameWords(t, sheet)],
      ]}
    />
  );
}

function cameWords(t: Text, { sides, side1, side2 }: FoundSheet): string {
  const state = (one: string | null): string => t.find(`scanReview.state.${one ?? ''}`) ?? one ?? '';
  return sides === 1
    ? state(side1)
    : [
        t('scanReview.stateOf', { side: 1, state: state(side1) }),
        t('scanReview.stateOf', { side: 2, state: state(side2) }),
      ].join(', ');
}
