import type { gatewayReplies as en } from '../en/gateway-replies.ts';
import type { SameKeys } from '../strings.ts';

/** FTP and SFTP for sites: the centre's system page, and the replies that lie beside archives. */
export const gatewayReplies: SameKeys<typeof en> = {
  'reply.received': '{name}: получен {at:time}, {size:bytes}.',
  'reply.reading': 'Читается: готово страниц {done} из {files}. Загляните позже.',
  'reply.good': 'Прочитаны все страницы: {done}. Качество хорошее.',
  'reply.rescan':
    'Прочитано страниц: {done}. Не читаются или плохого качества: {count}. Пересканируйте и отправьте новым архивом:',
  'reply.refused': 'Архив не принят:',
  'reply.password': 'Архив ждёт пароля. Сообщите его в РЦОИ.',
  'gateway.title': 'FTP и SFTP для ППЭ',
  'gateway.about':
    'ППЭ получают материалы и ключи и отправляют архивы, пакеты и журналы привычными программами под учётными записями ППЭ.',
  'gateway.off': 'Оба выключены: чтобы открыть их, запустите РЦОИ с --ftp-port или --sftp-port.',
  'gateway.ftp': 'FTP с TLS: порт {port}',
  'gateway.ftpPassive': 'порты данных {first}–{last}',
  'gateway.plain': 'Разрешён FTP без шифрования: пароли и файлы идут незащищёнными.',
  'gateway.sftp': 'SFTP: порт {port}',
  'gateway.hostKey': 'Ключ узла, сверить при первом подключении',
};
