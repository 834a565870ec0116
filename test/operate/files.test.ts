import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { programOf } from "../../jobs/cli.ts";
import { metricsText } from "../../jobs/health/metrics.ts";
import { pages } from "../../jobs/health/serve.ts";
import { projectRoot } from "../../jobs/roots.ts";

const read = (path: string): string => readFileSync(join(projectRoot, path), "utf8");
// As far as this test looks into them.
const documents = (path: string): Manifest[] =>
  parseAllDocuments(read(path)).map((each) => {
    expect(each.errors).toEqual([]);
    return each.toJS() as Manifest;
  });

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: {
    strategy?: { type: string };
    replicas?: number;
    template?: { spec: Pod };
    jobTemplate?: { spec: { template: { spec: Pod } } };
    ports?: { port: number }[];
  };
}

interface Pod {
  securityContext: { runAsUser: number; runAsNonRoot: boolean };
  containers: {
    args: string[];
    env: { name: string }[];
    ports?: { name: string; containerPort: number }[];
    livenessProbe?: Probe;
    readinessProbe?: Probe;
    securityContext: {
      readOnlyRootFilesystem: boolean;
      allowPrivilegeEscalation: boolean;
      capabilities: { drop: string[] };
    };
    volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  }[];
  volumes: { name: string; persistentVolumeClaim?: { claimName: string; readOnly?: boolean } }[];
}

interface Probe {
  httpGet: { path: string; port: string };
}

const dockerfile = read("Dockerfile");
const environment = Object.fromEntries(
  [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? "").matchAll(/(\S+)=(\S+)/g)].map(([, key, value]) => [key, value]),
);
const healthPort = Number(/http:\/\/127\.0\.0\.1:(\d+)\/healthz/.exec(dockerfile)?.[1]);

function podOf(name: string) {
  const all = documents(`examples/kubernetes/${name}.yaml`);
  const [main] = all;
  const pod = main?.spec.template?.spec ?? main?.spec.jobTemplate?.spec.template.spec;
  const container = pod?.containers[0];
  if (!main || !pod || !container) throw new Error(`${name}.yaml has no pod`);
  return { name, all, main, pod, container };
}

describe("the image", () => {
  it("copies what exists, and asks a page that is served", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = ""]) =>
      names.split(" "),
    );
    expect(copied.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
    expect(/^HEALTHCHECK .*\n {2}CMD \["node", "-e", "(.+)"\]$/m.exec(dockerfile)?.[1]).toContain("/healthz");
    expect(pages).toContain("/healthz");
  });

  it("has a health check that ends with 0 where the page says so, and with 1 where it does not or nobody answers", async () => {
    const { createServer } = await import("node:http");
    const { spawn } = await import("node:child_process");
    const script = /^ {2}CMD \["node", "-e", "(.+)"\]$/m.exec(dockerfile)?.[1] ?? "";
    const codeAt = (port: number) =>
      new Promise((resolve) =>
        spawn(process.execPath, ["-e", script.replace(String(healthPort), String(port))]).on("exit", resolve),
      );
    let status = 200;
    const server = createServer((_, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number }; // it listens on a port
    expect(await codeAt(port)).toBe(0);
    status = 503;
    expect(await codeAt(port)).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(await codeAt(port)).toBe(1);
  });
});

describe.each(["deployment", "cronjob"].map(podOf))(
  "examples/kubernetes/$name.yaml",
  ({ name, all, pod, container }) => {
    it("runs as the image's user, without privileges, with a read-only root", () => {
      expect(dockerfile).toContain(`USER ${pod.securityContext.runAsUser}:`);
      expect(pod.securityContext.runAsNonRoot).toBe(true);
      expect(container.securityContext).toEqual({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      });
    });

    it("mounts a volume wherever the image expects one: config and inbox for reading only, state to be kept", () => {
      const mounted = new Map(container.volumeMounts.map((each) => [each.mountPath, each]));
      for (const variable of ["BOGO_CONFIG", "BOGO_INBOX", "BOGO_STATE"])
        expect(mounted.has(environment[variable] ?? ""), variable).toBe(true);
      expect(mounted.get("/config")?.readOnly).toBe(true);
      expect(mounted.get("/inbox")?.readOnly).toBe(true);
      expect(environment.BOGO_OUT).toMatch(/^\/tmp\//);
      expect(mounted.has("/tmp")).toBe(true);
      expect(container.volumeMounts.map((each) => each.name).toSorted()).toEqual(
        pod.volumes.map((each) => each.name).toSorted(),
      );
      const claim = pod.volumes.find((each) => each.name === mounted.get("/state")?.name)?.persistentVolumeClaim
        ?.claimName;
      expect(all.some(({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.name === claim)).toBe(true);
    });

    it("gives what the sample agency.yaml refers to", () => {
      const agency = read("config/agency.yaml");
      const variables = [...agency.matchAll(/\$\{env:(\w+)\}/g)].map(([, variable]) => variable);
      expect(container.env.map((each) => each.name)).toEqual(expect.arrayContaining(variables));
      for (const [, path = ""] of agency.matchAll(/\$\{file:([^}]+)\}/g))
        expect(
          container.volumeMounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`)),
          path,
        ).toBe(true);
    });

    it("starts a command with options that it has", () => {
      const [command, ...args] = container.args;
      expect(command).toBe(name === "deployment" ? "serve" : "tick");
      const found = programOf(() => {}).commands.find((each) => each.name() === command);
      const options = args.filter((each) => each.startsWith("--"));
      expect(found?.options.map(({ long }) => long) ?? options).toEqual(expect.arrayContaining(options));
    });
  },
);

describe("the daemon of examples/kubernetes/deployment.yaml", () => {
  it("is replaced by the next one, and asked for pages that are served, at the port it listens on", () => {
    const { all, main, container } = podOf("deployment");
    expect(main.spec).toMatchObject({ strategy: { type: "Recreate" }, replicas: 1 });
    expect(container.args.join(" ")).toContain(`--port ${healthPort}`);
    expect(container.ports).toEqual([{ name: "health", containerPort: healthPort }]);
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      expect(pages).toContain(probe?.httpGet.path);
      expect(probe?.httpGet.port).toBe("health");
    }
    expect(all.find(({ kind }) => kind === "Service")?.spec.ports).toMatchObject([{ port: healthPort }]);
  });
});

describe("examples/prometheus/alerts.yaml", () => {
  it("asks only for metrics that are served, under labels that they have, and names commands that exist", () => {
    const served = metricsText({
      counts: {
        deliveries: {},
        waitingForPerson: 0,
        billed: [{ client: "hanbit-coffee", bytes: 20_971_520 }],
        heldExports: 0,
        openNotices: { ops: 0, ae: 0 },
      },
      lastTick: null,
      oldestOverdue: null,
      missedSlots: 0,
      version: "0",
      now: "2026-11-02T00:00:00.000Z",
    });
    const [file] = parseAllDocuments(read("examples/prometheus/alerts.yaml")).map((each) => each.toJS() as Rules);
    const rules = file?.groups.flatMap((group) => group.rules) ?? [];
    expect(rules.length).toBeGreaterThan(5);
    const commands = programOf(() => {}).commands.map((each) => each.name());
    for (const { alert, expr, annotations } of rules) {
      const asked = expr.match(/bogo_\w+(\{[^}]*\})?/g) ?? [];
      expect(asked.length, alert).toBeGreaterThan(0);
      for (const each of asked) expect(served, alert).toMatch(new RegExp(`^${each.replace(/[{}]/g, "\\$&")}[ {]`, "m"));
      for (const [, command] of annotations.action.matchAll(/bogo (\w+)/g)) expect(commands, alert).toContain(command);
    }
  });
});

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[];
}
