import type { ReactNode } from 'react';
import { Button, Input } from 'antd';
import type { NodeClient } from './client.ts';
import { Field } from './field.tsx';
import { useText } from './text.ts';
import { useLoaded } from './use-loaded.ts';

interface Props {
  client: NodeClient;
  label: string;
  value: string;
  onChange: (folder: string) => void;
}

/** A folder on this computer: offers the sticks that are plugged in, any other can be typed. */
export function FolderField({ client, label, value, onChange }: Props): ReactNode {
  const t = useText();
  const drives = useLoaded('drives', () => client.drive.list());
  const found = drives.value ?? [];
  return (
    <>
      <Field
        label={label}
        hint={found.length === 0 && drives.value !== null ? t('folder.noDrive') : t('folder.hint')}
      >
        <Input
          value={value}
          autoComplete="off"
          onFocus={drives.reload}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {found.length > 0 && (
        <div className="row" role="group" aria-label={t('folder.drives')}>
          {found.map((drive) => (
            <Button
              key={drive.path}
              size="small"
              aria-pressed={value === drive.path}
              onClick={() => onChange(drive.path)}
            >
              {drive.path} · {t('indicator.disk.value', { free: drive.freeBytes })}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
