/** Archives that were chosen: each with its password beside it until it is sent, then with how far it is. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Input, Progress, Upload } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import type { Refusal } from '../../../../base/result.ts';
import { refusalOf } from '../../../../ui/client.ts';
import { bytes } from '../../../../ui/format.ts';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ProjectProps } from '../../centre-console.tsx';
import { sendArchive, type Sender, type Sending } from './send-archive.ts';

interface Chosen {
  readonly key: number;
  readonly file: File;
  readonly password: string;
  readonly sending: Sending | null;
  readonly goesOn: boolean;
  readonly refusal: Refusal | null;
}

let lastKey = 0;

export function ArchiveDrop({
  centre,
  project,
  onSending,
}: Pick<ProjectProps, 'centre' | 'project'> & {
  /** Gets the ids of the uploads that are under way here. */
  onSending: (ids: readonly string[]) => void;
}): ReactNode {
  const t = useText();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const senders = useRef(new Map<number, Sender>());
  const change = (key: number, part: Partial<Chosen>): void =>
    setChosen((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const remove = (key: number): void => {
    senders.current.delete(key);
    setChosen((all) => all.filter((one) => one.key !== key));
  };

  const send = async ({ key, file, password }: Chosen): Promise<void> => {
    change(key, { refusal: null });
    try {
      const expected = await centre.scanUpload.expect({
        projectId: project.id,
        fileName: file.name,
        size: file.size,
        modifiedAt: file.lastModified,
        ...(password === '' ? {} : { password }),
      });
      const sender = sendArchive(file, expected, (sending) => {
        // What came stands in the list below.
        if (sending.state === 'done' || sending.state === 'gone') remove(key);
        else change(key, { sending, goesOn: expected.received > 0, password: '' });
      });
      senders.current.set(key, sender);
    } catch (error) {
      change(key, { refusal: refusalOf(error) });
    }
  };

  /** Numbered as they stand here. */
  const [asking, setAsking] = useState(false);
  const sendInOrder = async (some: readonly Chosen[]): Promise<void> => {
    setAsking(true);
    for (const one of some) await send(one);
    setAsking(false);
  };
  const underWay = chosen
    .flatMap(({ sending }) => (sending && sending.state !== 'failed' ? [sending.uploadId] : []))
    .join(' ');
  useEffect(() => onSending(underWay.split(' ')), [underWay, onSending]);
  const waiting = chosen.filter(({ sending, file }) => sending === null && otherFormat(file.name) === null);
  const passwordOfAll = (password: string): void =>
    setChosen((all) => all.map((one) => (waiting.includes(one) ? { ...one, password } : one)));
  useWarnOnLeaving(underWay !== '');
  return (
    <div className="stack">
      <Upload.Dragger
        multiple
        showUploadList={false}
        beforeUpload={(file: File) => {
          const refusal = otherFormat(file.name);
          const one = { key: ++lastKey, file, password: '', sending: null, goesOn: false, refusal };
          setChosen((all) => [...all, one]);
          return false;
        }}
      >
        <div className="file-drop">
          <InboxOutlined aria-hidden />
          <strong>{t('scanUpload.drop')}</strong>
          <span>{t('scanUpload.dropHint')}</span>
        </div>
      </Upload.Dragger>
      {/* Above what was chosen: of forty archives nobody has to look for the end. */}
      {waiting.length > 0 && (
        <div className="row">
          <Button type="primary" loading={asking} onClick={() => void sendInOrder(waiting)}>
            {waiting.length === 1 ? t('scanUpload.send') : t('scanUpload.sendAll', { count: waiting.length })}
          </Button>
          {waiting.length > 1 && (
            <Input.Password
              className="find"
              autoComplete="off"
              maxLength={256}
              value={samePassword(waiting)}
              placeholder={t('scanUpload.passwordOfAll')}
              aria-label={t('scanUpload.passwordOfAll')}
              onChange={(event) => passwordOfAll(event.target.value)}
            />
          )}
        </div>
      )}
      {chosen.map((one) => (
        <div key={one.key} className="file-drop-progress">
          <div className="row">
            <strong>{one.file.name}</strong>
            <span className="soft">{bytes(one.file.size, t.language)}</span>
            {one.sending === null && otherFormat(one.file.name) !== null ? (
              <Button onClick={() => remove(one.key)}>{t('scanUpload.putBack')}</Button>
            ) : one.sending === null ? (
              <>
                <Input.Password
                  className="find"
                  autoComplete="off"
                  maxLength={256}
                  value={one.password}
                  placeholder={t('scanUpload.password')}
                  aria-label={`${t('scanUpload.password')}: ${one.file.name}`}
                  onChange={(event) => change(one.key, { password: event.target.value })}
                />
                <Button onClick={() => remove(one.key)}>{t('scanUpload.putBack')}</Button>
              </>
            ) : (
              <PauseButton sending={one.sending} sender={() => senders.current.get(one.key)} />
            )}
            {one.sending?.state === 'failed' && (
              <Button onClick={() => remove(one.key)}>{t('scanUpload.putBack')}</Button>
            )}
          </div>
          {one.sending && <SendingLine sending={one.sending} name={one.file.name} goesOn={one.goesOn} />}
          {one.refusal && (
            <p role="alert">
              <RefusalText refusal={one.refusal} />
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

/** What is not even called a ZIP is told before it is sent; what only calls itself one, by the centre. */
function otherFormat(name: string): Refusal | null {
  if (/\.zip$/i.test(name)) return null;
  const ending = /\.([^.]{1,8})$/.exec(name)?.[1];
  return { type: 'archive-not-named-zip', ending: ending === undefined ? '–' : `.${ending}` };
}

/** '': they differ, or none has one. */
function samePassword(some: readonly Chosen[]): string {
  const [first] = some;
  return first && some.every(({ password }) => password === first.password) ? first.password : '';
}

function PauseButton({ sending, sender }: { sending: Sending; sender: () => Sender | undefined }): ReactNode {
  const t = useText();
  if (sending.state === 'paused')
    return <Button onClick={() => sender()?.resume()}>{t('scanUpload.resume')}</Button>;
  return sending.state === 'failed' ? null : (
    <Button onClick={() => sender()?.pause()}>{t('scanUpload.pause')}</Button>
  );
}

function SendingLine(props: { sending: Sending; name: string; goesOn: boolean }): ReactNode {
  const t = useText();
  const { sending, name, goesOn } = props;
  const { sent, total, rate, state, refusal } = sending;
  const percent = total === 0 ? 100 : Math.floor((100 * sent) / total);
  return (
    <div role="status">
      <Progress
        percent={percent}
        aria-label={name}
        {...(state === 'failed' ? { status: 'exception' } : {})}
      />
      {state === 'queued' && t('scanUpload.queued')}
      {state === 'trying'
        ? t('scanUpload.trying', { sent, total })
        : state === 'sending' &&
          t('scanUpload.sending', {
            sent,
            total,
            rate,
            left: rate > 0 ? ((total - sent) / rate) * 1_000 : null,
          })}
      {goesOn && state === 'sending' && <span className="soft"> {t('scanUpload.goesOn')}</span>}
      {refusal && (
        <p role="alert">
          <RefusalText refusal={refusal} />
        </p>
      )}
    </div>
  );
}

/** The browser asks before it throws away what is on its way. */
function useWarnOnLeaving(sending: boolean): void {
  useEffect(() => {
    if (!sending) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [sending]);
}
