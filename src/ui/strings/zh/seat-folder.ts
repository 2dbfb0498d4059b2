/** 下发考生端: the seat as a folder. */
export const seatFolder = {
  'seatFolder.make': '生成考生端文件夹或安装程序…',
  'seatFolder.title': '下发考生端程序',
  'seatFolder.text':
    '两者都含有考生端程序、本考场地址和配对码，请勿外传。安装或启动后，各考试机会在此请求接入。',
  'seatFolder.address': '本考场地址',
  'seatFolder.addressHint': '考试机能够访问的地址。',
  'seatFolder.folder': '生成位置',
  'seatFolder.systems': '本机备有程序的系统：{systems}',
  'seatFolder.submit': '生成文件夹',
  'seatFolder.madeAt': '已生成',
  'seatFolder.size': '大小',
  'seatFolder.bytes': '{bytes:bytes}',
  'seatFolder.for': '适用系统',
  'seatFolder.next':
    '下一步：把文件夹下发到每台考试机，并在那里运行 start.cmd（Windows）或 start.sh（Linux）；运行 install.cmd 或 install.sh 可设为自动启动。文件夹内的 README 有同样的说明。',
  'seatFolder.what': '生成内容',
  'seatFolder.asFolder': '文件夹 invigil-seat，复制到每台考试机',
  'seatFolder.asInstaller': '{system} 安装程序（单个文件）',
  'seatFolder.installerText':
    '单个文件，约 150 至 200 MB，可用电子教室下发或用 U 盘复制。在考试机上打开即安装并启动考生端，并提示下一步；再次打开可修复或更新。生成最多需要一分钟。',
  'seatFolder.away':
    '本机不能生成 {system} 版：本机没有该系统的 Node。请技术支持联网后在程序文件夹中运行一次：npm install --no-save --force {package}；或在 {system} 考场机的控制台生成。',
  'seatFolder.submitInstaller': '生成安装程序',
  'seatFolder.nextWindows':
    '下一步：把文件下发到每台考试机并打开，Windows 会请求管理员许可。若 Windows 提示发布者未知，请点“更多信息”“仍要运行”。然后在此接入各机。',
  'seatFolder.nextLinux':
    '下一步：把文件下发到每台考试机并运行：sudo ./invigil-seat-setup.run（需有执行权限：chmod +x）。然后在此接入各机。',
  'seatFolder.done': '关闭',
  'refusal.no-runtime-here':
    '本机没有以下系统的程序：{systems}。|请在该系统的计算机上生成，或请技术支持运行：npm install --no-save --force {packages}',
  'refusal.not-built': '本机的程序尚未构建。|请技术支持在程序文件夹中运行“npm run build”。',
  'refusal.folder-not-empty': '{path} 不是空文件夹。|请选择其他文件夹，未作任何更改。',
  'refusal.not-a-seat-folder-place': '无法写入 {path}（{problem}）。|请选择其他文件夹。',
  'refusal.folder-not-absolute': '文件夹不是完整路径。|请从盘符或根目录写起，例如 D:\\exam 或 /home/exam。',
  'refusal.not-an-own-address': '本机已没有这个地址。|请从列表中选择。',
  'refusal.installer-not-made':
    '无法生成安装程序（{problem}）。|需要约 1 GB 可用内存和若干秒：请关闭其他程序后重试，或生成文件夹。',
} as const;
