import type { storage as en } from '../en/storage.ts';
import type { SameKeys } from '../strings.ts';

export const storage: SameKeys<typeof en> = {
  'refusal.database-unreachable':
    'Нет связи с базой данных {host}; ничего не изменено.|Попытка повторится сама. Проверьте базу данных и сеть.',
  'refusal.database-refused':
    'База данных {database} на {host} отказала: {problem}.|Проверьте имя, учётную запись и права.',
  'refusal.blob-store-unreachable':
    'Нет связи с хранилищем {host}; ничего не изменено.|Повторите; проверьте хранилище и сеть.',
  'refusal.blob-store-refused':
    'Хранилище {host} отказало: {problem}.|Проверьте имя контейнера, ключи доступа и часы компьютера.',
  'refusal.blob-damaged': 'Сохранённый файл повреждён: {digest}.|Восстановите его из резервной копии.',
  'refusal.changed-meanwhile': 'Проект только что изменили.|Просмотрите его и опубликуйте снова.',
  'refusal.answer-files-missing':
    'Файлы ответов ещё не поступили: {files}.|Оставьте место включённым и на связи; файлы отправятся сами.',
  'refusal.answer-files-missing-of':
    'Нет файлов этих участников: {candidates}.|Включите их места; файлы отправятся ещё раз сами.',
  'refusal.result-file-missing':
    'В результате нет файла, указанного в ответе.|Передайте результат из аудитории ещё раз.',
  'refusal.no-such-file': 'Такого файла нет.',
};
