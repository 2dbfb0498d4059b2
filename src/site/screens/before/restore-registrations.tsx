/** 恢复注册: rooms of a site that was installed anew. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { useText } from '../../../ui/text.ts';
import type { SiteClient } from '../site-console.tsx';

export function RestoreRegistrations({ site, reload }: { site: SiteClient; reload: () => void }): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  const [done, setDone] = useState<{ restored: number; left: string[] } | null>(null);
  return (
    <DialogButton label={t('site.restoreRegistrations')} onOpen={() => setDone(null)}>
      {() => (
        <div className="stack">
          <p>{t('site.restoreRegistrationsText')}</p>
          {done ? (
            <p role="status">
              <strong>{t('site.registrationsRestored', { count: done.restored })}</strong>{' '}
              {done.left.length > 0 && t('site.registrationsLeft', { rooms: done.left })}
            </p>
          ) : (
            <>
              <Field label={t('site.lockPin')}>
                <Input.Password
                  autoComplete="off"
                  value={pin}
                  onChange={(event) => setPin(event.target.value)}
                />
              </Field>
              {pin === '' ? (
                <p className="soft">{t('site.pinFirst')}</p>
              ) : (
                <FileDrop
                  hint={t('site.restoreRegistrationsFile')}
                  accept=".kdinfo,.KDINFO"
                  onFile={async (uploadId) => {
                    setDone(await site.room.restoreRegistrations({ uploadId, pin }));
                    setPin('');
                    reload();
                  }}
                />
              )}
            </>
          )}
        </div>
      )}
    </DialogButton>
  );
}
