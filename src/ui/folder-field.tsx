import type { ReactNode } from 'react';
import { Button, Input, Progress } from 'antd';
import type { NodeClient } from './client.ts';
import { Field } from './field.tsx';
import { bytes } from './format.ts';
import { useText } from './text.ts';
import { useLive } from './use-live.ts';

interface Props {
  client: NodeClient;
  label: string;
  value: string;
  onChange: (folder: string) => void;
}

/**
 * A folder on this computer for a copy: offers the sticks that are plugged in, as they come and go; any other can be typed. While a copy
 * is written, how far it is.
 */
export function FolderField({ client, label, value, onChange }: Props): ReactNode {
  const t = useText();
  const { value: view } = useLive('drives', (signal) => client.drive.live(undefined, { signal }));
  const found = view?.drives ?? [];
  const chosen = found.find((drive) => drive.path === value);
  return (
    <>
      {found.length > 0 && (
        <div className="stack" role="group" aria-label={t('folder.drives')}>
          {found.map((drive) => (
            <Button
              key={drive.path}
              block
              type={drive === chosen ? 'primary' : 'default'}
              ghost={drive === chosen}
              aria-pressed={drive === chosen}
              onClick={() => onChange(drive.path)}
            >
              <strong>{drive.name}</strong>
              {drive.name !== drive.path && <span className="soft">{drive.path}</span>}
              {t('indicator.disk.value', { free: drive.freeBytes })}
            </Button>
          ))}
        </div>
      )}
      <Field
        label={label}
        hint={view !== null && found.length === 0 ? t('folder.noDrive') : t('folder.hint')}
      >
        <Input value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      </Field>
      {view?.writing && (
        <div role="status">
          <Progress
            percent={Math.floor((100 * view.writing.doneBytes) / Math.max(1, view.writing.allBytes))}
            status="active"
          />
          {t(view.writing.stage === 'writing' ? 'folder.writing' : 'folder.checking', {
            done: bytes(view.writing.doneBytes, t.language),
            all: bytes(view.writing.allBytes, t.language),
            folder: view.writing.folder,
          })}
        </div>
      )}
    </>
  );
}
