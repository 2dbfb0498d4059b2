/** 系统备份: what another computer needs to take the place of this one. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { DialogButton } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { FolderField } from '../../ui/folder-field.tsx';
import { bytes, dateTime } from '../../ui/format.ts';
import { Form } from '../../ui/form.tsx';
import { useRoleGate } from '../../ui/role-gate.ts';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { backupContract, shortestPassword } from '../backup/contract.ts';
import type { SiteClient } from './site-console.tsx';

export function BackupPanel({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const mayMake = useRoleGate(backupContract.make);
  const last = useLoaded('backup', () => site.backup.last());
  const setup = useLoaded('setup', () => site.setup.state());
  const alone = setup.value?.lockKind === 'none';
  return (
    <section className="panel panel-narrow">
      <h2>{t('site.backup')}</h2>
      <p>
        {t('site.backupOf')} {setup.value && t(alone ? 'site.backupByPassword' : 'site.backupByLock')}
      </p>
      {last.value === null ? (
        <p className="soft">{t('site.backupNever')}</p>
      ) : (
        last.value && (
          <Facts
            of={[
              [
                t('site.backupAt'),
                t('site.restoreMadeBy', { at: dateTime(last.value.at), by: last.value.by }),
              ],
              [t('site.backupFile'), `${last.value.file} · ${bytes(last.value.bytes, t.language)}`],
              [t('site.backupNote'), last.value.note || null],
            ]}
          />
        )
      )}
      <div className="row">
        <DialogButton label={t('site.backupMake')} gate={mayMake}>
          {(close) => (
            <MakeBackup
              site={site}
              alone={alone}
              close={() => {
                close();
                last.reload();
              }}
            />
          )}
        </DialogButton>
      </div>
      <p className="soft">{t('site.restoreHow')}</p>
    </section>
  );
}

/** @param props.alone the site has no lock: a password opens the backup */
function MakeBackup({
  site,
  alone,
  close,
}: {
  site: SiteClient;
  alone: boolean;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [directory, setDirectory] = useState('');
  const [note, setNote] = useState('');
  return (
    <Form
      submit={t('room.backup')}
      ready={
        directory.trim() !== '' && (!alone || (password.length >= shortestPassword && password === again))
      }
      onCancel={close}
      done={t('site.backupDone', { folder: directory })}
      onSubmit={async () => {
        await site.backup.make({ directory, note, password: alone ? password : null });
        close();
      }}
    >
      <FolderField client={site} label={t('site.backupFolder')} value={directory} onChange={setDirectory} />
      <Field label={t('site.backupNote')} hint={t('site.backupNoteHint')}>
        <Input value={note} maxLength={400} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {alone && (
        <>
          <Field
            label={t('site.backupPassword')}
            hint={t('site.backupPasswordHint', { characters: shortestPassword })}
          >
            <Input.Password
              value={password}
              maxLength={128}
              autoComplete="new-password"
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          <Field
            label={t('site.backupPasswordAgain')}
            problem={again !== '' && again !== password ? t('site.backupPasswordsDiffer') : null}
          >
            <Input.Password
              value={again}
              maxLength={128}
              autoComplete="new-password"
              onChange={(event) => setAgain(event.target.value)}
            />
          </Field>
        </>
      )}
    </Form>
  );
}
