/** 下载机考锁注册程序: for any computer that reaches the centre. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { lockContract } from '../../locks/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

const systemNames = { linux: 'Linux', windows: 'Windows' } as const;

export function HelperDownload({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const may = useRoleGate(lockContract.downloadHelper);
  return (
    <DialogButton size="small" gate={may} label={t('lock.helper')} title={t('lock.helperTitle')} width={640}>
      {() => <Download centre={centre} />}
    </DialogButton>
  );
}

function Download({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const loaded = useLoaded('lock helper', () => centre.lock.helper());
  const [typed, setTyped] = useState<string | null>(null);
  const [digest, setDigest] = useState<string | null>(null);
  if (!loaded.value) return null;
  const { addresses, fingerprint, here, away } = loaded.value;
  const address = typed ?? addresses[0] ?? '';
  return (
    <div className="stack">
      <p>{t('lock.helperText')}</p>
      <Field label={t('lock.helperAddress')} hint={t('lock.helperAddressHint')}>
        <Input autoComplete="off" value={address} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <p className="soft break-all">{t('lock.helperPin', { fingerprint })}</p>
      <div className="row">
        {here.map((system) => (
          <DownloadButton
            key={system}
            make={async () => {
              const { download, sha256 } = await centre.lock.downloadHelper({ system, address });
              setDigest(sha256);
              return download;
            }}
          >
            {t('lock.helperFor', { system: systemNames[system] })}
          </DownloadButton>
        ))}
      </div>
      {digest !== null && (
        <p className="break-all" role="status">
          {t('lock.helperDigest', { sha256: digest })}
        </p>
      )}
      {away.map((one) => (
        <p key={one.system} className="soft">
          {t('lock.helperAway', { system: systemNames[one.system], package: one.package })}
        </p>
      ))}
    </div>
  );
}
