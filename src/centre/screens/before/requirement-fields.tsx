/** What every seat must have: checked by the rooms before the day. */
import type { ReactNode } from 'react';
import { InputNumber, Select, Switch } from 'antd';
import { programNameSchema, type Requirements } from '../../../exam/environment/requirements.ts';
import { Field } from '../../../ui/field.tsx';
import { useText } from '../../../ui/text.ts';

interface Props {
  needs: Requirements;
  onChange: (needs: Requirements) => void;
}

/** Those that the schema bounds; the bounds here are the same. */
const numbers = [
  ['screenWidth', 0, 10_000],
  ['screenHeight', 0, 10_000],
  ['memoryGB', 0, 1_024],
  ['diskGB', 0, 10_000],
  ['clockOffsetS', 1, 86_400],
  ['fsyncMs', 1, 60_000],
  ['megabyteMs', 1, 60_000],
] as const;
const switches = ['keyboard', 'microphone', 'playback'] as const;
const mostPrograms = 20;

export function RequirementFields({ needs, onChange }: Props): ReactNode {
  const t = useText();
  const change = (part: Partial<Requirements>): void => onChange({ ...needs, ...part });
  const programs = (names: string[]): void =>
    change({
      programs: names
        .flatMap((name) => programNameSchema.safeParse(name).data ?? [])
        .filter((name, i, all) => all.indexOf(name) === i)
        .slice(0, mostPrograms),
    });
  return (
    <fieldset className="plain whole-line">
      <legend>{t('policy.environment')}</legend>
      <div className="fields-2">
        {numbers.map(([name, least, most]) => (
          <Field key={name} label={t(`policy.environment.${name}`)}>
            <InputNumber
              min={least}
              max={most}
              value={needs[name]}
              onChange={(value) => change({ [name]: value ?? least })}
            />
          </Field>
        ))}
        <Field label={t('policy.environment.programs')}>
          <Select<string[]>
            mode="tags"
            open={false}
            suffixIcon={null}
            aria-label={t('policy.environment.programs')}
            tokenSeparators={[',', ';', '，', '；']}
            value={needs.programs}
            onChange={programs}
          />
        </Field>
        {switches.map((name) => (
          <Field key={name} label={t(`policy.environment.${name}`)}>
            <span>
              <Switch
                aria-label={t(`policy.environment.${name}`)}
                checked={needs[name]}
                onChange={(on) => change({ [name]: on })}
              />
            </span>
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
