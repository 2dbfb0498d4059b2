/** What is allowed when in a session; every value has the field's usual default. */
import type { ReactNode } from 'react';
import { InputNumber, Select, Switch } from 'antd';
import { browserExamKeysSchema } from '../../../exam/exam-browser/proof.ts';
import type { Policy } from '../../../exam/project/policy.ts';
import { RequirementFields } from './requirement-fields.tsx';
import { Field } from '../../../ui/field.tsx';
import { useText } from '../../../ui/text.ts';

interface Props {
  policy: Policy;
  onChange: (policy: Policy) => void;
}

/** Those that the schema bounds; the bounds here are the same. */
const numbers = [
  ['releaseBeforeMin', 0, 1440],
  ['signInOpensBeforeMin', 0, 240],
  ['startOpensBeforeMin', 0, 120],
  ['startClosesAfterMin', 0, 240],
  ['countdownS', 0, 600],
  ['lateLimitMin', 0, 600],
  ['earliestHandInMin', 0, 600],
  ['freeExtraTimeMin', 0, 600],
  ['resultsDueAfterMin', 0, 10_080],
  ['awayAfterS', 3, 600],
  ['storageMinGB', 0, 10_000],
] as const;

const choices = {
  lateCandidateClock: ['session', 'own'],
  codesIssuedBy: ['centre', 'site', 'nobody'],
  withoutSite: ['go-on', 'read-only'],
  browser: ['any', 'seb'],
} as const;

export function PolicyFields({ policy, onChange }: Props): ReactNode {
  const t = useText();
  const change = (part: Partial<Policy>): void => onChange({ ...policy, ...part });
  return (
    <div className="fields-2 policy">
      {numbers.map(([name, least, most]) => (
        <Field key={name} label={t(`policy.${name}`)}>
          <InputNumber
            min={least}
            max={most}
            value={policy[name]}
            onChange={(value) => change({ [name]: value ?? least })}
          />
        </Field>
      ))}
      {(Object.keys(choices) as (keyof typeof choices)[]).map((name) => (
        <Field key={name} label={t(`policy.${name}`)}>
          <Select<string>
            aria-label={t(`policy.${name}`)}
            value={policy[name]}
            onChange={(value) => change({ [name]: value } as Partial<Policy>)}
            options={choices[name].map((value) => ({
              value,
              label: t.find(`policy.${name}.${value}`) ?? value,
            }))}
          />
        </Field>
      ))}
      <Field label={t('policy.reinitialiseAllowed')}>
        <span>
          <Switch
            aria-label={t('policy.reinitialiseAllowed')}
            checked={policy.reinitialiseAllowed}
            onChange={(reinitialiseAllowed) => change({ reinitialiseAllowed })}
          />
        </span>
      </Field>
      {policy.browser === 'seb' && (
        <Field label={t('policy.browserExamKeys')}>
          <Select<string[]>
            mode="tags"
            open={false}
            suffixIcon={null}
            aria-label={t('policy.browserExamKeys')}
            tokenSeparators={[',', ';', ' ']}
            value={policy.browserExamKeys}
            onChange={(typed) => {
              const keys = typed.flatMap((one) => browserExamKeysSchema.safeParse([one]).data ?? []);
              change({ browserExamKeys: [...new Set(keys)].slice(0, 100) });
            }}
          />
        </Field>
      )}
      <RequirementFields needs={policy.environment} onChange={(environment) => change({ environment })} />
    </div>
  );
}
