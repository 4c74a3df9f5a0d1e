// The web servers of docs/hosting: each with its recipe, a folder and a port of this machine, and nothing of the system's own settings.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const RECIPES = fileURLToPath(new URL("../../docs/hosting/", import.meta.url));

/** No server of a test outlives it by more than this. */
const LONGEST = "120s";

const APACHE_MODULES = "/usr/lib/apache2/modules";

/** Each with its program, as Debian and Ubuntu install it or as `tests/run` has unpacked it. */
export const SERVERS = {
  nginx: { program: placed("/usr/sbin/nginx"), begin: nginx },
  apache: { program: "/usr/sbin/apache2", begin: apache },
  caddy: { program: placed("/usr/bin/caddy"), begin: caddy },
};

function placed(path) {
  const unpacked = `${process.env.PRONGSAI_SERVERS}${path}`;
  return existsSync(unpacked) ? unpacked : path;
}

/** The recipe with what a person has to change in it. */
function recipe(name, changes) {
  let text = readFileSync(join(RECIPES, name), "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

function nginx({ folder, port, work }) {
  const site = recipe("nginx.conf", [["listen 80;", `listen 127.0.0.1:${port};`], ["/var/www/ita", folder]]);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${work}/${name};`);
  const head = `daemon off; pid ${work}/pid; error_log stderr; events { }`;
  writeFileSync(
    join(work, "nginx.conf"),
    `${head} http { include ${placed("/etc/nginx/mime.types")}; access_log off; ${places.join(" ")}\n${site}\n}`,
  );
  return ["-p", work, "-c", join(work, "nginx.conf")];
}

function apache({ folder, port, work }) {
  writeFileSync(join(folder, ".htaccess"), readFileSync(join(RECIPES, "apache.conf")));
  const modules = ["mpm_event", "authz_core", "autoindex", "dir", "env", "headers", "mime", "negotiation", "rewrite", "setenvif", "deflate", "filter"];
  const user = userInfo().uid === 0 ? "User www-data\nGroup www-data\n" : "";
  const settings = `ServerRoot ${work}
${modules.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join("\n")}
ServerName localhost
Listen 127.0.0.1:${port}
${user}PidFile ${work}/pid
Mutex file:${work}
ErrorLog ${work}/log
TypesConfig ${existsSync("/etc/mime.types") ? "/etc/mime.types" : "/dev/null"}
AddType application/x-gzip .gz
AddOutputFilterByType DEFLATE text/html text/css text/csv application/json
DocumentRoot ${folder}
<Directory ${folder}>
  Options Indexes FollowSymLinks
  AllowOverride All
  Require all granted
</Directory>
`;
  writeFileSync(join(work, "apache.conf"), settings);
  return ["-f", join(work, "apache.conf"), "-DFOREGROUND"];
}

function caddy({ folder, port, work }) {
  const changes = [["http://www.example.go.th", `http://127.0.0.1:${port}`], ["/var/www/ita", folder]];
  writeFileSync(join(work, "Caddyfile"), `{\n\tadmin off\n\tstorage file_system ${work}\n}\n${recipe("Caddyfile", changes)}`);
  return ["run", "--adapter", "caddyfile", "--config", join(work, "Caddyfile")];
}

/** Starts a server over a folder. It has begun when it answers. */
export async function start(name, folder) {
  const { program, begin } = SERVERS[name];
  const work = mkdtempSync(join(tmpdir(), "prongsai-server-"));
  chmodSync(work, 0o755);
  mkdirSync(join(work, "home"));
  const port = await freePort();
  const env = { ...process.env, HOME: join(work, "home"), XDG_CONFIG_HOME: work, XDG_DATA_HOME: work };
  const server = spawn("timeout", ["--kill-after=5s", LONGEST, program, ...begin({ folder, port, work })], { env });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (bytes) => (said += bytes));
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(work, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) break;
    try {
      await fetch(`${address}/robots.txt`);
      return { address, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const log = join(work, "log");
  if (existsSync(log)) said += readFileSync(log, "utf8");
  await stop();
  throw new Error(`${name} does not begin: ${said}`);
}

export function has(name) {
  return existsSync(SERVERS[name].program);
}

/** A ZIP unpacked by a program of others. */
export function unzip(archive, folder) {
  execFileSync("unzip", ["-q", archive, "-d", folder]);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
