//! The stores by the names that `--provider` takes.

use presign::s3::Provider;

/// As the constants of the library are named, in lower case.
pub const PROVIDERS: [(&str, Provider); 19] = [
    ("aws", Provider::AWS),
    ("cloudflare-r2", Provider::CLOUDFLARE_R2),
    ("google-cloud-storage", Provider::GOOGLE_CLOUD_STORAGE),
    ("backblaze-b2", Provider::BACKBLAZE_B2),
    ("digitalocean-spaces", Provider::DIGITALOCEAN_SPACES),
    ("wasabi", Provider::WASABI),
    ("minio", Provider::MINIO),
    ("ceph-rgw", Provider::CEPH_RGW),
    ("garage", Provider::GARAGE),
    ("supabase", Provider::SUPABASE),
    ("tigris", Provider::TIGRIS),
    ("scaleway", Provider::SCALEWAY),
    ("hetzner", Provider::HETZNER),
    ("ovhcloud", Provider::OVHCLOUD),
    ("linode", Provider::LINODE),
    ("oci", Provider::OCI),
    ("alibaba-oss", Provider::ALIBABA_OSS),
    ("idrive-e2", Provider::IDRIVE_E2),
    ("storj", Provider::STORJ),
];

pub fn by_name(name: &str) -> Option<Provider> {
    PROVIDERS.iter().find(|(known, _)| *known == name).map(|(_, provider)| *provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_has_the_name_of_its_constant() {
        assert!(PROVIDERS.iter().map(|(_, provider)| provider).eq(Provider::ALL));
        // The table of the stores has the names of the constants; a test of the library holds that.
        let stores = include_str!("../../docs/stores.md");
        for (name, provider) in PROVIDERS {
            let constant = name.replace('-', "_").to_uppercase();
            let row = stores.lines().find(|line| line.contains(&format!("| `{constant}` |")));
            assert!(row.is_some_and(|row| row.starts_with(&format!("| [{}](", provider.name()))), "{name}");
            assert_eq!(by_name(name), Some(provider));
        }
        assert_eq!(by_name("s3"), None);
    }
}
