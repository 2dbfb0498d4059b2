/** 系统恢复: this computer takes the place of one that was lost. */
import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { EntrancePage } from '../../ui/entrance.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { bytes, dateTime } from '../../ui/format.ts';
import { Form } from '../../ui/form.tsx';
import { LockFields, lockChoice, noLock, type LockDraft } from '../../ui/lock-fields.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import type { BackupFound } from '../backup/contract.ts';
import type { SiteClient } from './site-console.tsx';

const lookAgainMs = 500;

export function RestorePage({ site, instead }: { site: SiteClient; instead: () => void }): ReactNode {
  const t = useText();
  const found = useLoaded('backups', () => site.restore.find());
  const [path, setPath] = useState('');
  const [chosen, setChosen] = useState<BackupFound | null>(null);
  const [running, setRunning] = useState(false);
  if (running)
    return (
      <EntrancePage title={t('site.restore')} wide>
        <p role="status">{t('site.restoreRunning')}</p>
      </EntrancePage>
    );
  const choose = (backup: BackupFound): void => {
    setChosen(backup);
    setPath(backup.path);
  };
  return (
    <EntrancePage title={t('site.restore')} wide>
      <p>{t('site.restoreText')}</p>
      {(found.value ?? []).length > 0 ? (
        <div className="stack" role="group" aria-label={t('site.restoreFound')}>
          <strong>{t('site.restoreFound')}</strong>
          {(found.value ?? []).map((backup) => (
            <Button
              key={backup.path}
              block
              type={backup.path === chosen?.path ? 'primary' : 'default'}
              ghost={backup.path === chosen?.path}
              aria-pressed={backup.path === chosen?.path}
              onClick={() => choose(backup)}
            >
              <strong>{backup.siteCode}</strong> {dateTime(backup.madeAt)}
              <span className="soft">{backup.note}</span>
            </Button>
          ))}
        </div>
      ) : (
        found.value && <p className="soft">{t('site.restoreNone')}</p>
      )}
      <Form
        submit={t('site.restoreLook')}
        ready={path.trim() !== ''}
        onSubmit={async () => setChosen(await site.restore.look({ path }))}
      >
        <Field label={t('site.restoreFile')} hint={t('site.restoreFileHint')}>
          <Input
            autoComplete="off"
            value={path}
            onChange={(event) => {
              setPath(event.target.value);
              setChosen(null);
            }}
          />
        </Field>
      </Form>
      {chosen && <Chosen site={site} backup={chosen} onRunning={() => setRunning(true)} />}
      <div className="row">
        <Button type="link" onClick={instead}>
          {t('site.restoreInstead')}
        </Button>
      </div>
    </EntrancePage>
  );
}

function Chosen({
  site,
  backup,
  onRunning,
}: {
  site: SiteClient;
  backup: BackupFound;
  onRunning: () => void;
}): ReactNode {
  const t = useText();
  const [lock, setLock] = useState<LockDraft>(noLock);
  const [password, setPassword] = useState('');
  const choice = lockChoice(lock);
  const byPassword = backup.opens === 'password';
  const setup = useLoaded('setup', () => site.setup.state());
  return (
    <Form
      submit={t('site.restoreRun')}
      ready={byPassword ? password !== '' : choice !== null}
      onSubmit={async () => {
        if (byPassword) await site.restore.run({ path: backup.path, lockPath: null, pin: password });
        else if (choice)
          await site.restore.run({
            path: backup.path,
            ...(choice.kind === 'pkcs11'
              ? { lockPath: choice.library, tokenSerial: choice.serial }
              : { lockPath: choice.path }),
            pin: choice.pin,
          });
        else return;
        onRunning();
        await restored(site);
        // What was loaded was the page of a site without anything.
        location.reload();
      }}
    >
      <Facts
        of={[
          [t('system.code'), `${backup.siteCode} · ${backup.siteName}`],
          [t('site.mode'), t(backup.mode === 'formal' ? 'site.modeFormal' : 'site.modeMock')],
          [t('site.backupAt'), t('site.restoreMadeBy', { at: dateTime(backup.madeAt), by: backup.by })],
          [t('site.backupNote'), backup.note || null],
          [t('centre.rooms'), backup.rooms],
          [t('site.restoreAddress'), backup.addresses.join(' · ')],
          [t('site.backupFile'), bytes(backup.bytes, t.language)],
        ]}
      />
      {byPassword ? (
        <Field label={t('site.backupPassword')}>
          <Input.Password
            value={password}
            maxLength={128}
            autoComplete="off"
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      ) : (
        <LockFields
          value={lock}
          onChange={(part) => setLock((before) => ({ ...before, ...part }))}
          mayBeNew={false}
          libraries={setup.value?.lockLibraries ?? []}
          tokens={(library) => site.setup.tokens({ library })}
        />
      )}
    </Form>
  );
}

/** The program closes and begins anew: for a moment nobody answers. */
async function restored(site: SiteClient): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    const state = await site.setup.state().catch(() => null);
    if (state?.done) return;
  }
}
