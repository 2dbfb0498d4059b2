/** Where the exam lock's key is: in a file, or on a token that this computer reaches through its maker's library. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Radio } from 'antd';
import type { LockChoice, LockToken, SiteLockChoice, TokenLibraryView } from '../site/setup/contract.ts';
import type { Refusal } from '../base/result.ts';
import { refusalOf } from './client.ts';
import { Field } from './field.tsx';
import { RefusalAlert, refusalTexts } from './refusal-text.tsx';
import { useText } from './text.ts';

export interface LockDraft {
  readonly kind: SiteLockChoice['kind'];
  readonly path: string;
  readonly library: string;
  readonly serial: string;
  readonly pin: string;
}

export const noLock: LockDraft = { kind: 'key-file', path: '', library: '', serial: '', pin: '' };

/** null: something is missing. A key file that is not there is made. */
export function lockChoice({ kind, path, library, serial, pin }: LockDraft): LockChoice | null {
  if (kind === 'none' || pin.trim() === '') return null;
  if (kind === 'key-file') return path.trim() === '' ? null : { kind, path, pin, create: true };
  return serial === '' || library.trim() === '' ? null : { kind, library: library.trim(), serial, pin };
}

/** The same where there may be none. */
export function siteLockChoice(draft: LockDraft): SiteLockChoice | null {
  return draft.kind === 'none' ? { kind: 'none' } : lockChoice(draft);
}

interface Props {
  value: LockDraft;
  onChange: (part: Partial<LockDraft>) => void;
  libraries: readonly TokenLibraryView[];
  /** A new key file is made where there is none; otherwise it must be the lock that there was. */
  mayBeNew: boolean;
  /** Exams may all be on paper. */
  mayBeNone?: boolean;
  /** What is said of the key file's path instead. */
  pathHint?: string;
  /** Asks which tokens the library reaches. */
  tokens: (library: string) => Promise<readonly LockToken[]>;
}

export function LockFields(props: Props): ReactNode {
  const t = useText();
  const { value, onChange } = props;
  const kind = (
    <div className="field">
      <span id="lock-kind-label">{t('site.lockKind')}</span>
      <Radio.Group
        aria-labelledby="lock-kind-label"
        value={value.kind}
        onChange={(event) => onChange({ kind: event.target.value as LockDraft['kind'] })}
        options={[
          { value: 'key-file', label: t('site.lockKind.key-file') },
          { value: 'pkcs11', label: t('site.lockKind.pkcs11') },
          ...(props.mayBeNone ? [{ value: 'none', label: t('site.lockKind.none') }] : []),
        ]}
      />
    </div>
  );
  const pin = (
    <Field
      label={t('site.lockPin')}
      hint={t(value.kind === 'pkcs11' ? 'site.tokenPinHint' : 'site.lockPinHint')}
    >
      <Input.Password
        autoComplete="off"
        value={value.pin}
        onChange={(event) => onChange({ pin: event.target.value })}
      />
    </Field>
  );
  if (value.kind === 'none')
    return (
      <div className="stack">
        {kind}
        <p className="soft">{t('site.lockNoneHint')}</p>
      </div>
    );
  if (value.kind === 'key-file')
    return (
      <div className="fields-2">
        {kind}
        <Field
          label={t('site.lockPath')}
          hint={props.pathHint ?? t(props.mayBeNew ? 'site.lockPathHint' : 'site.lockPathThere')}
        >
          <Input
            autoComplete="off"
            value={value.path}
            onChange={(event) => onChange({ path: event.target.value })}
          />
        </Field>
        {pin}
      </div>
    );
  return (
    <div className="stack">
      <TokenFields {...props} kind={kind} />
      <div className="fields-2">{pin}</div>
    </div>
  );
}

function TokenFields({ value, onChange, libraries, tokens, kind }: Props & { kind: ReactNode }): ReactNode {
  const t = useText();
  const [found, setFound] = useState<readonly LockToken[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [looking, setLooking] = useState(false);
  const look = async (library: string): Promise<void> => {
    setLooking(true);
    setRefusal(null);
    try {
      const here = await tokens(library.trim());
      setFound(here);
      if (here.length === 0) setRefusal({ type: 'no-token' });
      const usable = here.filter(({ problem }) => problem === null);
      onChange({ serial: usable.length === 1 ? (usable[0]?.serial ?? '') : '' });
    } catch (error) {
      setFound(null);
      setRefusal(refusalOf(error));
    } finally {
      setLooking(false);
    }
  };
  const choose = (library: string): void => {
    setFound(null);
    onChange({ library, serial: '' });
  };
  return (
    <>
      <div className="fields-2">
        {kind}
        <Field
          label={t('site.lockLibrary')}
          hint={t(libraries.length > 0 ? 'site.lockLibraryHint' : 'site.lockNoLibrary')}
        >
          <Input autoComplete="off" value={value.library} onChange={(event) => choose(event.target.value)} />
        </Field>
      </div>
      <div className="row">
        <div className="row" role="group" aria-label={t('site.lockLibraries')}>
          {libraries.map(({ name, path }) => (
            <Choice
              key={path}
              chosen={path === value.library}
              onClick={() => {
                choose(path);
                void look(path);
              }}
            >
              {name}
            </Choice>
          ))}
        </div>
        <Button
          loading={looking}
          disabled={value.library.trim() === ''}
          onClick={() => void look(value.library)}
        >
          {t('site.findTokens')}
        </Button>
      </div>
      {refusal && <RefusalAlert refusal={refusal} />}
      {found !== null && found.length > 0 && (
        <div className="stack" role="group" aria-label={t('site.lockTokens')}>
          {found.map(({ serial, label, model, problem }) => (
            <Choice
              key={serial}
              block
              chosen={serial === value.serial}
              disabled={problem !== null}
              onClick={() => onChange({ serial })}
            >
              <strong>{label || model}</strong>
              <span className="soft">{[...(label ? [model] : []), serial].join(' · ')}</span>
              {problem !== null && <span>{refusalTexts(t, { type: problem }).what}</span>}
            </Choice>
          ))}
        </div>
      )}
    </>
  );
}

function Choice(props: {
  chosen: boolean;
  block?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Button
      block={props.block ?? false}
      type={props.chosen ? 'primary' : 'default'}
      ghost={props.chosen}
      aria-pressed={props.chosen}
      disabled={props.disabled ?? false}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  );
}
