use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;

const SECRET: &str = "hunter2-Zx9";

fn told(text: &str) -> String {
    Redactor::default().text(text).to_string()
}

#[rstest]
#[case("login password=§ for bob", "login password=••• for bob")]
#[case("DB_PASS=§", "DB_PASS=•••")]
#[case("retry: apikey: §, next", "retry: apikey: ••• next")]
#[case(
    r#"{"level":"info","dbPassword":"§","n":1}"#,
    r#"{"level":"info","dbPassword":"•••","n":1}"#
)]
#[case(r#"{"a" : 1, "api_key" : "§"}"#, r#"{"a" : 1, "api_key" : "•••"}"#)]
#[case(
    r#"body "{\"token\":\"§\",\"x\":2}""#,
    r#"body "{\"token\":\"•••\",\"x\":2}""#
)]
#[case(
    "a:\n  password: § and more\n  user: bob",
    "a:\n  password: •••\n  user: bob"
)]
#[case(
    "a:\n  password: |\n    §\n    §\n  user: bob",
    "a:\n  password: •••\n  user: bob"
)]
#[case("tokens:\n- §\n- §\nuser: bob", "tokens:•••\nuser: bob")]
#[case("credentials: {user: bob, key: '}§'} x", "credentials: •••")]
#[case(
    "'password' => '§', 'user' => 'bob'",
    "'password' => '•••', 'user' => 'bob'"
)]
#[case("<dbPassword>§</dbPassword>", "<dbPassword>•••</dbPassword>")]
#[case("Authorization: Basic §", "Authorization: •••")]
#[case(
    r#"curl -H "Authorization: Bearer §" https://a"#,
    r#"curl -H "Authorization: •••" https://a"#
)]
#[case(
    r#"Authorization: Digest username="bob", response="§""#,
    "Authorization: •••"
)]
#[case("sent bearer § to api", "sent bearer ••• to api")]
#[case("Set-Cookie: sid=§; Path=/", "Set-Cookie: •••")]
#[case(
    "postgres://app:§@db:5432/app?x=1",
    "postgres://app:•••@db:5432/app?x=1"
)]
#[case("redis://:§@cache/0", "redis://:•••@cache/0")]
#[case("amqp://app:a@b/§@mq/v", "amqp://app:•••@mq/v")]
#[case("https://§@github.com/x", "https://•••@github.com/x")]
#[case("app:§@tcp(db:3306)/app", "app:•••@tcp(db:3306)/app")]
#[case("GET /x?user=bob&access_token=§", "GET /x?user=bob&access_token=•••")]
#[case(
    "run --verbose --password § --user bob",
    "run --verbose --password ••• --user bob"
)]
#[case("mysqldump -u root -p§ shop", "mysqldump -u root -p••• shop")]
#[case("redis-cli -h cache -a § ping", "redis-cli -h cache -a ••• ping")]
#[case("curl -u bob:§ https://a", "curl -u ••• https://a")]
#[case("ALTER USER bob IDENTIFIED BY '§'", "ALTER USER bob IDENTIFIED BY •••")]
#[case(
    r#"env [{"name":"DB_PASSWORD","value":"§"}]"#,
    r#"env [{"name":"DB_PASSWORD","value":"•••"}]"#
)]
#[case("t eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s5g-x_A end", "t ••• end")]
#[case("key AKIAIOSFODNN7EXAMPLE used", "key ••• used")]
#[case(
    "-----BEGIN RSA PRIVATE KEY-----\n§\n-----END RSA PRIVATE KEY-----\nafter",
    "-----BEGIN RSA PRIVATE KEY-----•••-----END RSA PRIVATE KEY-----\nafter"
)]
#[case("-----BEGIN PRIVATE KEY-----\\n§", "-----BEGIN PRIVATE KEY-----•••")]
#[case("--s3-credentials=AKIAIOSFODNN7EXAMPLE:§", "--s3-credentials=•••")]
#[case(
    "run --credentials AKIAIOSFODNN7EXAMPLE:§ x",
    "run --credentials ••• x"
)]
#[case("x token=eyJhbGciOiJIUzI1NiJ9.x.y/§ z", "x token=••• z")]
#[case("x --password=[x]§ z", "x --password=••• z")]
#[case("DB_PASSWORD={9}§", "DB_PASSWORD=•••")]
#[case(
    "a: 1\npassword: 'it''s § b'\nuser: bob",
    "a: 1\npassword: '•••'\nuser: bob"
)]
#[case("login password=ab\"§ for bob", "login password=••• for bob")]
#[case("login password='ab'§ for bob", "login password='••• for bob")]
#[case("run --password ab\"§ x", "run --password ••• x")]
#[case(
    "args [\"--password\", \"§ b\", \"x\"]",
    "args [\"--password\", \"•••\", \"x\"]"
)]
#[case("sh -c \"run --password §\" x", "sh -c \"run --password •••\" x")]
#[case("to postgres://app:it's-§@db", "to postgres://app:•••@db")]
#[case("x dbpass=§ SMTPPass=§", "x dbpass=••• SMTPPass=•••")]
#[case(
    "{\"url\":\"/x?token=§\",\"user\":\"bob\"}",
    "{\"url\":\"/x?token=•••\",\"user\":\"bob\"}"
)]
fn a_secret_in_a_text_is_masked_and_what_is_around_it_stays(
    #[case] text: &str,
    #[case] expected: &str,
) {
    assert_eq!(told(&text.replace('§', SECRET)), expected);
}

#[rstest]
#[case(r#"MountVolume.SetUp failed for volume "db-secret" : secret "beta-db" not found"#)]
#[case("couldn't find key db-password in Secret beta-prod/beta-db")]
#[case("configmap references non-existent secret key: db-password")]
#[case("Back-off pulling image \"reg.test:5000/app:2.1@sha256:9f2c1ab77d0e\"")]
#[case("2026-11-24T02:13:57Z level=info msg=\"listening on :8080\" tokens=53")]
#[case("secretName: beta-db\ntokenExpirationSeconds: 3607")]
#[case("with password=true token: null")]
#[case("to bob@example.com: https://example.com/a?b=c")]
fn what_is_no_secret_stays(#[case] text: &str) {
    assert_eq!(told(text), text);
}

#[test]
fn a_key_over_several_lines_of_a_log_is_masked_and_the_lines_are_as_many() {
    let by = Redactor::default();
    let log = [
        "reading",
        "-----BEGIN EC PRIVATE KEY-----",
        SECRET,
        "Proc-Type: 4",
        "-----END EC PRIVATE KEY-----",
        "read",
    ];
    let masked = by.lines(log);
    let masked: Vec<_> = masked.iter().map(Masked::as_str).collect();
    assert_eq!(masked.len(), log.len());
    assert_eq!((masked[0], masked[5]), ("reading", "read"));
    assert!(!masked.concat().contains(SECRET), "{masked:?}");
    let tail = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI";
    assert_eq!(told(tail), MASK);
}

fn deployment(secret: &str) -> Value {
    let applied = json!({"spec": {"template": {"spec": {"containers": [
        {"env": [{"name": "PLAIN", "value": secret}]}]}}}});
    json!({
        "kind": "Deployment",
        "metadata": {"name": "app", "annotations": {
            "kubectl.kubernetes.io/last-applied-configuration": applied.to_string(),
            "example.com/api-token": secret,
            "example.com/settings": json!({"auth": {"x": [secret]}}).to_string(),
            "example.com/note": "plain words",
        }},
        "spec": {"template": {"spec": {
            "volumes": [{"name": "v", "secret": {"secretName": "beta-db"}}],
            "imagePullSecrets": [{"name": "reg"}],
            "containers": [{
                "name": "app", "image": "app:1",
                "command": ["/usr/bin/mysql"],
                "args": ["--password", secret, format!("-p{secret}"), format!("--token={secret}"), "--port", "8080"],
                "env": [
                    {"name": "PLAIN", "value": secret},
                    {"name": "FROM", "valueFrom": {"secretKeyRef": {"name": "beta-db", "key": "password"}}},
                ],
                "livenessProbe": {"httpGet": {"httpHeaders": [{"name": "Authorization", "value": secret}]}},
            }],
        }}},
    })
}

#[test]
fn names_of_an_object_stay_and_its_secrets_do_not() {
    let masked = Redactor::default().document(&deployment(SECRET));
    let container = &masked["spec"]["template"]["spec"]["containers"][0];
    let args = json!([
        "--password",
        MASK,
        format!("-p{MASK}"),
        format!("--token={MASK}"),
        "--port",
        "8080"
    ]);
    assert_eq!(container["args"], args);
    assert_eq!(container["env"][0], json!({"name": "PLAIN", "value": MASK}));
    let from = json!({"secretKeyRef": {"name": "beta-db", "key": "password"}});
    assert_eq!(container["env"][1]["valueFrom"], from);
    let spec = &masked["spec"]["template"]["spec"];
    assert_eq!(spec["volumes"][0]["secret"]["secretName"], "beta-db");
    assert_eq!(spec["imagePullSecrets"][0]["name"], "reg");
    let notes = &masked["metadata"]["annotations"];
    assert_eq!(notes["example.com/note"], "plain words");
    assert_eq!(
        notes["example.com/settings"],
        format!(r#"{{"auth":{{"x":["{MASK}"]}}}}"#)
    );
    assert!(!masked.to_string().contains(SECRET), "{masked}");
}

#[test]
fn nothing_is_left_of_a_secret_and_only_what_is_named_so_of_a_config_map() {
    let by = Redactor::default();
    let secret = json!({"kind": "Secret", "data": {"a": SECRET}, "stringData": {"b": SECRET}});
    let masked = json!({"kind": "Secret", "data": {"a": MASK}, "stringData": {"b": MASK}});
    assert_eq!(by.document(&secret), masked);
    let file = format!("port: 8080\npassword: {SECRET}");
    let map = json!({"kind": "ConfigMap", "data": {"api.key": SECRET, "app.yaml": file, "mode": "prod"},
        "binaryData": {"blob": SECRET}});
    let masked = json!({"kind": "ConfigMap", "data": {"api.key": MASK, "app.yaml": "port: 8080\npassword: •••", "mode": "prod"},
        "binaryData": {"blob": MASK}});
    assert_eq!(by.document(&map), masked);
}

#[test]
fn a_secret_that_was_seen_under_its_name_is_masked_where_it_stands_alone() {
    let mut by = Redactor::default();
    by.learn(&json!({"env": [{"name": "DB_PASSWORD", "value": "correct horse"}]}));
    by.learn(&json!({"args": ["--token", "of-an-argument"], "metadata": {"annotations": {"a/api-key": "of-a-note"}},
        "env": [{"name": "DB", "value": "postgres://app:of-a-url@db"}, {"name": "LEVEL", "value": "verbose"}]}));
    let said = by.text("of-an-argument of-a-note of-a-url verbose b2YtYS1ub3Rl");
    assert_eq!(said.as_str(), "••• ••• ••• verbose •••");
    by.learn(&json!({"kind": "Secret", "data": {"x": "aHVudGVyMi1aeDk="}}));
    let said = by.text("bad login with correct horse, then hunter2-Zx9, then aHVudGVyMi1aeDk=");
    assert_eq!(said.as_str(), "bad login with •••, then •••, then •••");
}

#[test]
fn a_document_in_a_text_hides_no_secret_behind_a_second_one_of_its_name() {
    let twice = format!(r#"{{"password":"{SECRET}","password":""}}"#);
    let masked = Redactor::default().document(&json!({"note": twice}));
    assert_eq!(masked["note"], r#"{"password":"•••","password":""}"#);
}

#[test]
fn secrets_that_are_told_apart_have_a_number_each() {
    let by = Redactor::default().telling_apart();
    let env = |value: &str| json!({"env": [{"name": "A", "value": value}]});
    let said: Vec<_> = ["one", "two", "one"]
        .iter()
        .map(|it| by.document(&env(it))["env"][0]["value"].clone())
        .collect();
    assert_eq!(said, ["•••1", "•••2", "•••1"]);
    let again = Redactor::default().text("A_TOKEN=•••2");
    assert_eq!(again.as_str(), "A_TOKEN=•••2");
}

proptest! {
    #[test]
    fn no_secret_is_left_in_an_object(secret in "[ -~]{8,40}") {
        let secret = format!("§{secret}§");
        let by = Redactor::default();
        let yaml = by.yaml(&deployment(&secret)).unwrap();
        prop_assert!(!yaml.as_str().contains('§'), "{yaml}");
        let data = json!({"kind": "Secret", "data": {"a": secret}, "stringData": {"b": secret}});
        prop_assert!(!by.document(&data).to_string().contains('§'));
    }

    #[test]
    fn no_secret_is_left_in_a_text(
        begin in r#"(|\[x\]|\{9\}|'a'|"b"|<)"#,
        secret in r"[!-\[\]-~]{4,30}",
        before in "[a-z ]{0,9}",
    ) {
        let secret = format!("{begin}Q§{secret}§Q");
        let json = json!({"apiKey": secret}).to_string();
        let forms = [
            format!("{before} password={secret}"),
            format!("{before} {json}"),
            format!("{before} {}", json!(json)),
            format!("token: {secret}"),
            format!("token: '{}'", secret.replace('\'', "''")),
            format!("{before} Authorization: Bearer {secret}"),
            format!("{before} --client-secret {secret} x"),
            format!("{before} --client-secret={secret} x"),
        ];
        for form in forms {
            let said = told(&form);
            prop_assert!(!said.contains('§'), "{form} → {said}");
        }
    }

    #[test]
    fn no_secret_is_left_in_a_url(secret in "([!#-&(-;=?-Z^-z|~]|'[a-z]){4,30}") {
        let form = format!("at https://bob:Q§{secret}§Q@host/x");
        let said = told(&form);
        prop_assert!(!said.contains('§'), "{form} → {said}");
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,200}", more in "[\"'\\\\:={}\\[\\] a-z\n|-]{0,80}") {
        let _ = told(&text);
        let _ = told(&format!("password{more}{text}"));
    }
}
