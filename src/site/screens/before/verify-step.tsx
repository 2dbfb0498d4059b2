/** Step 5, within the hour before a session: the release opens the key with the lock; then the authorisation is verified. */
import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteSession } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';
import type { StepProps } from './before-page.tsx';
import { SessionList } from './session-list.tsx';

interface Props extends StepProps {
  toDuring: () => void;
}

export function VerifyStep(props: Props): ReactNode {
  const t = useText();
  const { site, overview } = props;
  const next = overview.sessions.find((one) => one.verifiedAt === null);
  return (
    <>
      <NowLine action={<Primary {...props} next={next} />}>
        {next === undefined ? t('site.now.verified') : whatNow(t, next)}
      </NowLine>
      <SessionList overview={overview} actions={(session) => <Actions site={site} session={session} />} />
    </>
  );
}

function whatNow(t: Text, { name, authorisedAt, calibratedAt, calibrate, releaseAt }: SiteSession): string {
  if (authorisedAt === null) return t('site.now.authoriseFirst', { name });
  if (calibratedAt !== null) return t('site.now.verify', { name });
  return calibrate.allowed
    ? t('site.now.calibrate', { name })
    : t('site.now.waitForRelease', { name, at: dateTime(releaseAt) });
}

function Primary(props: Props & { next: SiteSession | undefined }): ReactNode {
  const t = useText();
  const { site, next } = props;
  if (next === undefined)
    return (
      <Button type="primary" onClick={props.toDuring}>
        {t('site.toMonitor')}
      </Button>
    );
  if (next.authorisedAt === null)
    return (
      <Button type="primary" onClick={() => props.onChoose('authorise')}>
        {t('step.authorise')}
      </Button>
    );
  if (next.calibratedAt === null) return <Calibrate site={site} session={next} primary />;
  return (
    <ActButton type="primary" act={() => site.authorisation.verify({ sessionId: next.sessionId })}>
      {t('site.verify')}
    </ActButton>
  );
}

interface SessionProps {
  site: SiteClient;
  session: SiteSession;
}

function Actions({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const opened = screenGate(session.calibratedAt !== null, 'site-not-calibrated');
  return (
    <div className="row">
      {session.calibratedAt === null && (
        <>
          <ByFile site={site} session={session} />
          <ByWords site={site} session={session} />
        </>
      )}
      {session.calibratedAt !== null && session.verifiedAt === null && (
        <ActButton
          size="small"
          gate={opened}
          act={() => site.authorisation.verify({ sessionId: session.sessionId })}
        >
          {t('site.verify')}
        </ActButton>
      )}
      <ForRooms site={site} session={session} />
    </div>
  );
}

function Calibrate({ site, session, primary }: SessionProps & { primary: boolean }): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  return (
    <DialogButton
      {...(primary ? { type: 'primary' as const } : {})}
      gate={session.calibrate}
      label={t('site.calibrate')}
    >
      {(close) => (
        <Form
          submit={t('site.calibrate')}
          ready={pin !== ''}
          onCancel={close}
          done={t('site.calibrated')}
          onSubmit={async () => {
            await site.authorisation.calibrate({ sessionId: session.sessionId, pin });
            close();
          }}
        >
          <p>{t('site.calibrateText', { name: session.name })}</p>
          <Pin value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}

function Pin({ value, onChange }: { value: string; onChange: (pin: string) => void }): ReactNode {
  const t = useText();
  return (
    <Field label={t('site.lockPin')}>
      <Input.Password autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

function ByFile({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  return (
    <DialogButton size="small" gate={session.calibrate} label={t('site.importRelease')}>
      {(close) => (
        <div className="stack">
          <p>{t('site.importReleaseText')}</p>
          <Pin value={pin} onChange={setPin} />
          {pin === '' ? (
            <p className="hint">{t('site.pinFirst')}</p>
          ) : (
            <FileDrop
              hint={t('site.importReleaseHint')}
              onFile={async (uploadId) => {
                await site.authorisation.importRelease({ uploadId, pin });
                close();
              }}
            />
          )}
        </div>
      )}
    </DialogButton>
  );
}

function ByWords({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  const [words, setWords] = useState('');
  const count = words.trim() === '' ? 0 : words.trim().split(/\s+/).length;
  return (
    <DialogButton size="small" gate={session.calibrate} label={t('site.enterWords')}>
      {(close) => (
        <Form
          submit={t('site.calibrate')}
          ready={pin !== '' && count > 0}
          onCancel={close}
          done={t('site.calibrated')}
          onSubmit={async () => {
            await site.authorisation.enterWords({ sessionId: session.sessionId, words, pin });
            close();
          }}
        >
          <p>{t('site.enterWordsText')}</p>
          <Field label={t('site.words')} hint={t('site.wordsCount', { count })}>
            <Input.TextArea rows={3} value={words} onChange={(event) => setWords(event.target.value)} />
          </Field>
          <Pin value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}

/** A room that cannot be reached gets its authorisation on a stick. */
function ForRooms({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const opened = screenGate(session.calibratedAt !== null, 'site-not-calibrated');
  return (
    <DialogButton size="small" gate={opened} label={t('site.exportForRoom')}>
      {() => <RoomChoice site={site} session={session} />}
    </DialogButton>
  );
}

function RoomChoice({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const rooms = useLoaded('rooms', () => site.room.list());
  return (
    <div className="stack">
      <p>{t('site.exportForRoomText')}</p>
      {(rooms.value ?? []).map(({ roomCode, registeredAt }) => (
        <div key={roomCode} className="row">
          <DownloadButton
            gate={screenGate(registeredAt !== null, 'register-the-room-first')}
            make={() => site.authorisation.exportForRoom({ sessionId: session.sessionId, roomCode })}
          >
            {t('site.exportFor', { room: roomCode })}
          </DownloadButton>
        </div>
      ))}
    </div>
  );
}
